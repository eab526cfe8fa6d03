"""What the pages of jobs say: steps, reasons and parameters in people's words."""

from collections.abc import Mapping

from pydantic import JsonValue

from dashboards.forms.labels import WORDINGS

_STEPS = {
    "uploads": "Taking the files in",
    "image_variants": "Making sizes of the pictures",
    "pdf_pages": "Making pictures of the pages",
    "room_photos": "Taking the photos in",
    "room_layouts": "Looking at the rooms",
    "staging_prompts": "Planning the staging",
    "staged_images": "Staging the rooms",
    "source_videos": "Taking the clips in",
    "frames": "Looking at every frame",
    "frame_scores": "Scoring the frames",
    "candidate_frames": "Choosing frames",
    "product_views": "Telling views apart",
    "cutouts": "Cutting the products out",
    "commercial_images": "Making the pictures",
    "briefs": "Reading the ideas",
    "enhanced_prompts": "Putting the ideas into words of fashion",
    "designs": "Drawing the designs",
    "design_embeddings": "Describing the designs for the search",
    "product_matches": "Finding matching products",
    "atelier_matches": "Finding ateliers",
    "catalogue_files": "Reading the files",
    "products": "Taking the products in",
    "product_embeddings": "Describing the products for the search",
    "product_index": "Making the products searchable",
    "ateliers": "Taking the ateliers in",
}

_ADVICE = {
    "empty": "Upload the file again; it arrived without any content.",
    "unsupported_type": "Save it as one of the types that this kind of job takes.",
    "misleading_name": "Give the file the ending that fits what it is, then send it again.",
    "corrupt": "The file is damaged: save or export it again, then send it.",
    "incomplete": "The file was cut off on its way: upload it again.",
    "too_large": "Make it smaller, or ask whoever runs Showroom to raise the limit.",
    "too_long": "Send a shorter clip.",
    "too_small": "Send a larger version of the picture.",
    "encrypted": "Save it without a password, then send it again.",
    "page_out_of_range": "Ask for pages that the document has.",
    "no_sharp_frame": "Film again, slower and in more light.",
    "empty_mask": "Photograph the product against a plain background.",
    "cropped_product": "Photograph the whole product, with some space around it.",
    "blurred": "Take a sharper picture.",
    "url_not_found": "Check the address: nothing was found there.",
    "unsupported_url": "Use an address that starts with http or https.",
    "forbidden_address": "The address is not public. Whoever runs Showroom can allow its network.",
    "download_failed": "The other side did not answer. Run the job again later.",
    "provider_unavailable": "The service did not answer. Run the job again later.",
    "provider_rejected": (
        "The service does not take the key, or its credit is spent. Mend that, then run the job "
        "again."
    ),
    "mode_not_offered": "This installation cannot do it without a paid service; see Health.",
    "layout_unclear": "Photograph the empty room as the sentence above says.",
    "floor_not_free": "Photograph the room without the things on its floor.",
    "budget_spent": "Send it again with a higher cost limit; what was paid for is found.",
    "contact_key_missing": (
        "Whoever runs Showroom has to set the key for contacts; then run the job again."
    ),
    "image_missing": "Send the picture along with the catalogue, and import it again.",
    "moderated": "Ask in other words: the service does not make such pictures.",
    "flagged": "Ask in other words: the picture may not be shown.",
    "upload_vanished": "Send the file again; it was changed or gone before it was safe.",
    "empty_brief": "Say in a few words what you would like to see.",
    "unreadable_brief": "Send the idea as plain text.",
    "unreadable_catalogue": "Send a table (CSV) or JSON with an id and a name for each product.",
}
_REFUSED = "Mend the file as it says, then send it again; the others need nothing."
_FAILED = "Run the job again: what was made is kept and not paid twice."


def step_name(step: str) -> str:
    """What people call a step of a job."""
    return _STEPS.get(step) or as_words(step)


def as_words(name: str) -> str:
    """`max_cost_usd` as `Max cost usd`: a name of ours, for want of a better one."""
    return name.replace("_", " ").strip().capitalize()


def advice(status: str, reason: str | None) -> str:
    """What to do about an item that was refused or has failed, in one or two sentences."""
    return _ADVICE.get(reason or "") or (_REFUSED if status == "refused" else _FAILED)


def given_words(pipeline: str, params: Mapping[str, JsonValue]) -> dict[str, str]:
    """What was asked in a job's parameters, as people read it: label to value."""
    known = WORDINGS.get(pipeline, {})
    labels = {name: known[name].label if name in known else "" for name in params}
    return {
        labels[name] or as_words(name): _value(value)
        for name, value in params.items()
        if value is not None
    }


def _value(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_value(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value)
    text = str(value)
    if text.startswith("originals/"):
        return "A file that was sent along"
    return text.replace("_", " ") if text.replace("_", "").isalnum() else text
