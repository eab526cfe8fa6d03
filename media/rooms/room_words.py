"""What each kind of room needs, must not have, and how its pieces are placed.

Words for prompts. None of them names a style: what is said here holds for every style, so the
two can be put together without contradicting each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_SHELL = "walls, windows, doors, floor, ceiling"


@dataclass(frozen=True)
class RoomWords:
    """One kind of room, as phrases that a prompt puts into its sentences."""

    name: str
    """With its article: `a living room`."""
    fixed: str
    """What belongs to the building and never changes."""
    needed: str
    """Furniture and objects without which it is not furnished."""
    unwanted: str
    """Furniture and objects of other rooms, and what makes this kind of room look wrong."""
    placing: str
    """Where the pieces stand, with distances."""
    when_small: str
    """Advice for a floor narrower than `room_facts.SMALL_M`."""
    when_large: str
    """Advice for a floor wider than `room_facts.LARGE_M`."""
    clutter: str
    """What tidying takes away."""
    stays: str
    """What tidying leaves where it is."""
    plain_items: tuple[str, ...]
    """Materials, colours and forms that suit it whatever the style."""


ROOM_WORDS: Mapping[str, RoomWords] = {
    "living_room": RoomWords(
        name="a living room",
        fixed=f"{_SHELL}, fireplace, radiators, sockets and built-in shelves",
        needed="a sofa, a coffee table, an armchair, an area rug, a floor lamp, a side table, "
        "one tall plant and a framed picture on a plain stretch of wall",
        unwanted="beds, desks, dining sets and television walls",
        placing="The sofa backs onto a plain wall, the coffee table 45 cm in front of it, the "
        "armchair turned towards both; front legs of all seats on the rug; lamp and plant in "
        "corners; a path of 80 cm stays free to every door and window",
        when_small="choose a two-seat sofa and one light armchair",
        when_large="a three-seat sofa and a second armchair have room",
        clutter="cables, remote controls, toys, magazines, shoes, laundry, cups and stray papers",
        stays="seats, tables, rugs, lamps, pictures, plants and neatly shelved books",
        plain_items=(
            "sofa in a sturdy neutral weave with a few cushions in two related tones",
            "wooden coffee table with one book and one bowl on it",
            "armchair in a second, warmer fabric",
            "flat rug in a quiet pattern, large enough to hold the group together",
            "lamps with fabric shades, unlit or softly lit",
        ),
    ),
    "bedroom": RoomWords(
        name="a bedroom",
        fixed=f"{_SHELL}, radiators, sockets and built-in wardrobes",
        needed="a made bed with a headboard, nightstands with a lamp each, a rug reaching out "
        "from under the bed, a dresser, layered bedding and a picture above the headboard",
        unwanted="second beds, sofas, desks, televisions and rumpled linen",
        placing="The headboard stands against a plain wall, never before a window; 60 cm of free "
        "floor beside the bed; nightstands level with the mattress; the dresser opposite or "
        "beside the bed; the swing of every door stays clear",
        when_small="choose a bed 140 cm wide and slim nightstands",
        when_large="a bed 180 cm wide and a reading chair by the light have room",
        clutter="clothes, laundry, shoes, cables, bottles, boxes and what lies on nightstands",
        stays="bed, bedding drawn smooth, nightstands, lamps, dresser, mirror and pictures",
        plain_items=(
            "bed with a plain upholstered headboard",
            "white cotton bedding with one folded throw at the foot",
            "four pillows in two sizes, upright against the headboard",
            "a pair of small table lamps with linen shades",
            "soft wool rug in a tone close to the floor's",
        ),
    ),
    "kitchen": RoomWords(
        name="a kitchen",
        fixed=f"{_SHELL}, cabinets, worktops, splashback, sink, taps, hob, oven and built-in "
        "appliances",
        needed="a small table with two seats if the floor has room for it, a fruit bowl, a wooden "
        "board, one pot of herbs and a folded tea towel",
        unwanted="new cabinets, islands and appliances, food being cooked and open packages",
        placing="Two thirds of every worktop stay bare; objects stand in groups of three near "
        "the splashback; hob and sink stay empty; 90 cm of floor stay free before cabinets and "
        "appliances; the table stands near the light, out of the cook's path",
        when_small="choose a folding table for two",
        when_large="a table for four has room beside the working area",
        clutter="dishes, packages, magnets, papers, bottles, sponges, bins and small appliances",
        stays="cabinets, large appliances, tables, chairs, stools and one or two fine objects",
        plain_items=(
            "round wooden table with two light chairs",
            "stoneware bowl with lemons or green apples",
            "oak cutting board leaning on the splashback",
            "linen tea towel folded over the oven's rail or the worktop's edge",
            "terracotta pot of basil in the window's light",
        ),
    ),
    "bathroom": RoomWords(
        name="a bathroom",
        fixed=f"{_SHELL}, tiles, basin, taps, toilet, bath, shower, screens and fixed mirrors",
        needed="a set of folded towels, a bath mat, a stool or slim ladder, a soap dispenser, "
        "a lidded basket and one plant that likes damp air",
        unwanted="new basins, bathtubs and tiles, labelled bottles, laundry, scales and brushes",
        placing="The mat lies before the bath or shower; towels hang on an existing rail or lie "
        "on the stool; three objects at most by the basin; the plant where daylight reaches it; "
        "60 cm stay free before basin, toilet and shower",
        when_small="leave the ladder out and hang towels on an existing rail",
        when_large="stool, ladder and a taller plant all have room",
        clutter="bottles, brushes, razors, laundry, bins, scales, used towels and cleaning things",
        stays="fixed mirrors, towel rails, folded towels, mats, baskets and plants",
        plain_items=(
            "thick white towels folded in thirds",
            "cotton bath mat with a woven border",
            "small wooden stool with rounded edges",
            "ceramic soap dispenser without any label",
            "fern in a plain pot",
        ),
    ),
    "dining_room": RoomWords(
        name="a dining room",
        fixed=f"{_SHELL}, fireplace, radiators, sockets, built-in cupboards and ceiling lights",
        needed="a dining table with four to six chairs, a sideboard, a table lamp on it, one "
        "large picture or mirror and a low centrepiece",
        unwanted="sofas, beds, desks, laid banquets and new lights above the table",
        placing="The table stands in the middle of the free floor, parallel to the longer wall; "
        "chairs are evenly spaced and half pushed in; 75 cm stay free behind every chair; the "
        "sideboard stands against a plain wall, the picture or mirror centred above it",
        when_small="choose a round table for four and a shallow sideboard",
        when_large="a table for six with armchairs at its ends has room",
        clutter="papers, bags, toys, bottles, dishes, laundry and things parked on chairs",
        stays="table, chairs, sideboard, rug, lamps, pictures and one centrepiece",
        plain_items=(
            "solid wooden table with a plain top",
            "matching chairs with upholstered seats",
            "closed sideboard in the table's wood",
            "one wide bowl or a vase with leafy branches",
            "large picture in muted colours with a slim frame",
        ),
    ),
    "office": RoomWords(
        name="a home office",
        fixed=f"{_SHELL}, radiators, sockets and built-in shelves",
        needed="a desk, an office chair, a desk lamp, a bookcase or low cabinet, a closed "
        "laptop, a rug, one plant and a framed picture",
        unwanted="beds, dining sets, tangled cables, walls of screens and stacked papers",
        placing="The desk stands at right angles to the window, so that light falls from the "
        "side and no screen glares; 90 cm stay free behind the chair; the bookcase against a "
        "plain wall; the desk's top nearly empty; cables out of sight",
        when_small="choose a desk 120 cm wide and narrow, tall shelves",
        when_large="a desk 160 cm wide and a reading chair have room",
        clutter="cables, papers, boxes, cups, sticky notes, chargers and spare equipment",
        stays="desk, chair, screen, shelves with ordered books, lamp, rug and plant",
        plain_items=(
            "wooden desk with a drawer",
            "upholstered office chair on castors",
            "adjustable desk lamp in a matt finish",
            "bookcase half filled with books, the rest with air",
            "low-pile rug in one muted tone",
        ),
    ),
    "entryway": RoomWords(
        name="an entrance hall",
        fixed=f"{_SHELL}, stairs, banisters, radiators, switches and built-in closets",
        needed="a slim console or a shoe bench, a mirror, hooks or a coat stand with one coat, "
        "a tray for keys, a runner, an umbrella stand and a vase with branches",
        unwanted="beds, sofas, desks, heaps of shoes, bicycles and parcels",
        placing="Furniture keeps to one side and is at most 40 cm deep; 90 cm of the way stay "
        "free from the front door to every other door; the mirror hangs above the console at "
        "eye height; the runner lies along the way and clear of every door's swing",
        when_small="choose a wall-hung shelf for the console and a row of hooks",
        when_large="a bench and a console have room across from each other",
        clutter="shoes, coats, bags, parcels, letters, keys, toys, leads and umbrellas",
        stays="console, bench, mirror, runner, lamp and pictures",
        plain_items=(
            "narrow console with one drawer",
            "round mirror with a slim frame",
            "hard-wearing runner in a small pattern",
            "row of wooden hooks with one coat and one bag",
            "tall vase with bare or leafy branches",
        ),
    ),
    "outdoor": RoomWords(
        name="an outdoor space",
        fixed="house walls, doors, windows, railings, paving, decking, lawn, planting beds, "
        "trees, fences, sky and view",
        needed="a seating group for two to six, a low table, cushions, two planters with "
        "seasonal plants, a lantern and an outdoor rug on hard ground",
        unwanted="pools, pergolas, new planting beds, indoor furniture, smoking grills and toys",
        placing="Seats stand on level, hard ground with their backs to a wall or the edge and "
        "face the view; 80 cm stay free from the house door to the garden; planters frame the "
        "group and never the doorway; everything casts a shadow away from the sun as it stands",
        when_small="choose a bistro table with two chairs",
        when_large="a lounge group and a separate dining table have room",
        clutter="hoses, bins, tools, toys, dead pots, covers, laundry racks and leaves",
        stays="garden furniture, planters, trees, hedges and lanterns",
        plain_items=(
            "weatherproof chairs around a low table",
            "cushions in sand and olive outdoor cloth",
            "terracotta planters with grasses",
            "flat-woven outdoor rug",
            "candle lantern of glass and metal",
        ),
    ),
}
"""By room type."""

ANY_ROOM = RoomWords(
    name="an interior",
    fixed=f"{_SHELL}, stairs, fireplace, radiators, sockets and everything built in",
    needed="the main piece of furniture for the use that its fittings and proportions suggest, "
    "one or two companion pieces, a rug, a lamp, a plant and a framed picture",
    unwanted="furniture for two different uses, new built-in cupboards and anything oversized",
    placing="The main piece stands against or faces the longest plain wall, its companions "
    "within easy reach; small things in corners; a path of 80 cm stays free to every door and "
    "window",
    when_small="choose one compact main piece and few companions",
    when_large="leave generous floor around one well-composed group",
    clutter="loose papers, clothes, boxes, cables, bottles, toys, bags and bins",
    stays="large furniture, rugs, lamps, pictures, plants and orderly shelves",
    plain_items=(
        "furniture of real wood with simple joints",
        "upholstery in a sturdy neutral weave",
        "one flat rug in a quiet pattern",
        "a lamp with a fabric shade",
        "a single green plant in a plain pot",
    ),
)
"""For a room whose kind nobody knows."""
