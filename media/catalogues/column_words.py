"""The names that shops, feeds and people give the columns of catalogues.

Each word is a name without its capitals, accents and punctuation; of several the first counts
first. They cover our own names, the product exports of Shopify and WooCommerce, Google's product
data specification, schema.org, and usual words of five languages.
"""

from collections.abc import Mapping

_PRODUCT_WORDS = {
    "id": """id productid itemid sku handle articleid articlenumber articleno artikelnummer artnr
        itemnumber itemcode productcode code reference ref referenz referencia uid uuid asin gtin
        ean upc barcode mpn variantsku product""",
    "name": """name title productname producttitle itemname displayname articlename produktname
        artikelname bezeichnung artikelbezeichnung designation titel titre titulo nom nombre nome
        naam label product item""",
    "description": """description productdescription bodyhtml descriptionhtml body longdescription
        fulldescription details beschreibung produktbeschreibung descripcion descrizione
        omschrijving shortdescription kurzbeschreibung summary""",
    "category": """category categories categoryname categorypath productcategory productcategories
        producttype type articletype subcategory garment kategorie kategorien warengruppe categorie
        categoria mastercategory department googleproductcategory
        googleshoppinggoogleproductcategory""",
    "tags": """tags tag keywords labels schlagworte collection collections color colour colors
        colours basecolour farbe couleur material fabric gender season style pattern occasion usage
        agegroup""",
    "brand": "brand brandname vendor manufacturer marke hersteller marque marca maker designer",
    "price": """price variantprice currentprice regularprice unitprice productprice retailprice
        listprice amount preis verkaufspreis vk prix precio prezzo prijs pris msrp rrp uvp
        pricerange pricefrom fromprice pricemin minprice lowprice""",
    "price_to": "priceto pricemax maxprice highprice maximumprice",
    "sale_price": "saleprice specialprice discountprice discountedprice offerprice aktionspreis",
    "sale_dates": """datesalepricestarts datesalepriceends salepriceeffectivedate
        specialpricefromdate specialpricetodate""",
    "currency": "currency currencycode pricecurrency waehrung wahrung devise moneda valuta",
    "availability": """availability instock isinstock stockstatus available isavailable
        availableforsale verfugbarkeit verfuegbarkeit lieferstatus disponibilite disponibilidad""",
    "quantity": """quantity qty stock inventory stockquantity stockqty quantityinstock onhand
        inventoryquantity variantinventoryqty stocklevel inventorylevel availablequantity bestand
        lagerbestand""",
    "variants": "variants variantcount numberofvariants",
    "rating": """rating averagerating ratingaverage avgrating ratingvalue ratings reviewscore
        aggregaterating stars bewertung note""",
    "url": "url link producturl productlink permalink pageurl webpage page weburl onlinestoreurl",
    "image": """image images imagesrc imageurl imageurls imagelink imagelinks mainimage picture
        pictures pictureurl photo photos photourl img imgurl image1 imagefile imagefilename
        imagepath imagename featuredimage mainimageurl thumbnail thumbnailurl bild bilder foto
        variantimage""",
}

_SHOPIFY_WORDS = {
    "id": "handle",
    "name": "title",
    "category": "type productcategory googleshoppinggoogleproductcategory",
    "published": "published",
    "state": "status",
    "policy": "variantinventorypolicy",
    "tracker": "variantinventorytracker",
    "option": "option1value option2value option3value",
    "sku": "variantsku",
}

_WOOCOMMERCE_WORDS = {
    "id": "id sku",
    "category": "categories",
    "published": "published",
    "policy": "backordersallowed",
    "row_type": "type",
    "parent": "parent",
    "sku": "sku",
    "option": "attribute1values attribute2values attribute3values",
}

_ATELIER_WORDS = {
    "id": """id atelierid studioid workshopid sku code reference ref uid uuid handle atelier
        studio""",
    "name": """name ateliername studioname workshopname companyname businessname company title
        displayname atelier studio workshop nom nombre""",
    "location": "location city town place region state country ort stadt ville pais land",
    "specialization": """specialization specialisation specializations specialisations speciality
        specialty specialties expertise focus skills craft spezialisierung specialite description
        about""",
    "categories": """categories category garments garment garmenttypes garmenttype makes products
        producttypes kategorien""",
    "price": "pricerange price prices budget budgetrange rate rates preisspanne preis",
    "price_from": """pricefrom pricemin minprice minimumprice startingprice startprice priceleast
        budgetmin minbudget fromprice""",
    "price_to": "priceto pricemax maxprice maximumprice pricemost budgetmax maxbudget toprice",
    "currency": _PRODUCT_WORDS["currency"],
    "complexity": "complexity complexityrange complexitylevel complexitylevels skilllevel level",
    "complexity_from": "complexityfrom complexitymin mincomplexity minimumcomplexity",
    "complexity_to": "complexityto complexitymax maxcomplexity maximumcomplexity",
    "rating": _PRODUCT_WORDS["rating"],
    "portfolio": """portfolio portfolioimages portfoliourls portfolioimage gallery works samples
        """
    + _PRODUCT_WORDS["image"],
    "url": "url website homepage web site link page permalink portfoliourl",
    "contact": """contact contacts contactdetails contactinfo contactperson contactname owner
        ownername email emailaddress mail contactemail phone phonenumber telephone tel mobile
        mobilephone contactphone telefon whatsapp telegram instagram fax address streetaddress
        street zip zipcode postcode postalcode adresse""",
}

Words = Mapping[str, tuple[str, ...]]


def _split(words: Mapping[str, str]) -> Words:
    return {field: tuple(names.split()) for field, names in words.items()}


PRODUCT_WORDS = _split(_PRODUCT_WORDS)
"""Words of a table with a product a row."""
SHOPIFY_WORDS = _split({**_PRODUCT_WORDS, **_SHOPIFY_WORDS})
"""Words of a table with a row for each variant or picture, under the handle of its product."""
WOOCOMMERCE_WORDS = _split({**_PRODUCT_WORDS, **_WOOCOMMERCE_WORDS})
"""Words of a table in which variations name their parent."""
ATELIER_WORDS = _split(_ATELIER_WORDS)
"""Words of a table with an atelier a row."""

TELLING_PRODUCTS = (
    *("price", "brand", "availability", "quantity", "image", "tags", "variants", "description"),
)
TELLING_ATELIERS = (
    *("specialization", "complexity", "complexity_from", "complexity_to", "portfolio"),
    *("contact", "location", "price_from"),
)
