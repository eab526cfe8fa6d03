"""Every error Showroom raises on purpose, and what becomes of it.

    ShowroomError
    ├── Refusal                  the input is bad and always will be -> a row `refused`
    │   ├── EmptyFile                empty
    │   ├── UnsupportedType          unsupported_type
    │   ├── MisleadingName           misleading_name
    │   ├── CorruptMedia             corrupt
    │   ├── TooLarge                 too_large
    │   ├── EncryptedMedia           encrypted
    │   ├── PageOutOfRange           page_out_of_range
    │   ├── NoVideoStream            no_video_stream
    │   ├── ZeroDuration             zero_duration
    │   ├── IncompleteMedia          incomplete
    │   ├── TooLong                  too_long
    │   ├── NoSharpFrame             no_sharp_frame
    │   ├── EmptyMask                empty_mask
    │   ├── CroppedProduct           cropped_product
    │   ├── BlurredPicture           blurred
    │   ├── UnsupportedUrl           unsupported_url
    │   ├── ForbiddenAddress         forbidden_address
    │   ├── UrlNotFound              url_not_found
    │   ├── TooSmall                 too_small
    │   ├── LayoutUnclear            layout_unclear
    │   ├── FloorNotFree             floor_not_free
    │   ├── ModeNotOffered           mode_not_offered
    │   ├── Moderated                moderated
    │   ├── FlaggedPicture           flagged
    │   ├── EmptyBrief               empty_brief
    │   ├── UnreadableBrief          unreadable_brief
    │   ├── UnreadableCatalogue      unreadable_catalogue
    │   ├── BadRow                   what is wrong with one entry of a catalogue
    │   │   ├── BrokenRow                broken_row
    │   │   ├── IdMissing                id_missing
    │   │   ├── NameMissing              name_missing
    │   │   ├── DuplicateId              duplicate_id
    │   │   ├── InvalidPrice             invalid_price
    │   │   ├── InvalidValue             invalid_value
    │   │   └── FormulaCell              formula
    │   ├── ImageMissing             image_missing
    │   └── ExceededLimit            what the worker had to stop
    │       ├── OutOfTime                time_limit
    │       ├── OutOfMemory              memory_limit
    │       └── DecoderCrashed           decoder_crashed
    ├── Failure                  it should have worked -> retried, then a row `failed`
    │   ├── StoreUnavailable         store_unavailable
    │   ├── UploadVanished           upload_vanished
    │   ├── DownloadFailed           download_failed
    │   ├── ProviderUnavailable      provider_unavailable
    │   ├── ProviderRejected         provider_rejected
    │   ├── InvalidProviderResponse  invalid_provider_response
    │   │   ├── WrongShape               wrong_shape
    │   │   ├── UnchangedPicture         unchanged
    │   │   └── BlankPicture             blank
    │   ├── PredictionFailed         prediction_failed
    │   ├── PredictionCanceled       prediction_canceled
    │   ├── PredictionAborted        prediction_aborted
    │   ├── OutputExpired            output_expired
    │   ├── BudgetSpent              budget_spent
    │   ├── ContactKeyMissing        contact_key_missing
    │   ├── WeightsMissing           weights_missing
    │   └── UnexpectedError          internal_error
    └── InvalidRequest           said before anything runs    invalid_request
        ├── UnknownPipeline          unknown_pipeline
        ├── InvalidParameter         invalid_parameter
        ├── InvalidSetting           invalid_setting
        └── UnknownJob               unknown_job

The message of an error is the sentence a person reads, so it names the file's trouble
and, where there is one, the way out. `reason` is the stable code that queries use.
"""

from collections.abc import Sequence
from typing import ClassVar


class ShowroomError(Exception):
    """Something went wrong that Showroom knows by name."""

    reason: ClassVar[str]
    status: ClassVar[str]
    retryable: ClassVar[bool] = False

    def outcome(self) -> dict[str, object]:
        """The status, reason and detail of the row that this error becomes."""
        return {"status": self.status, "reason": self.reason, "detail": str(self)}


READY: dict[str, object] = {"status": "ready", "reason": None, "detail": None}
"""The outcome of an item that no error befell."""


class Refusal(ShowroomError):
    """The input is bad and always will be; trying again changes nothing."""

    status = "refused"


class EmptyFile(Refusal):
    """The file holds no bytes."""

    reason = "empty"


class UnsupportedType(Refusal):
    """The bytes are of a type this pipeline does not take, whatever the name says."""

    reason = "unsupported_type"


class MisleadingName(Refusal):
    """The name promises one kind of media and the bytes are another: a picture called .pdf."""

    reason = "misleading_name"


class CorruptMedia(Refusal):
    """The bytes start like a known type and cannot be decoded to the end."""

    reason = "corrupt"


class TooLarge(Refusal):
    """More bytes, pixels, frames or pages than the settings allow."""

    reason = "too_large"


class EncryptedMedia(Refusal):
    """The document opens only with a password, or the video only with a key."""

    reason = "encrypted"


class PageOutOfRange(Refusal):
    """A page was asked for that the document does not have."""

    reason = "page_out_of_range"


class NoVideoStream(Refusal):
    """A media file without moving pictures: sound only, or a cover picture."""

    reason = "no_video_stream"


class ZeroDuration(Refusal):
    """A video that holds no frame, or whose frames take no time."""

    reason = "zero_duration"


class IncompleteMedia(Refusal):
    """Less can be decoded than the file declares: an upload or a recording was cut off."""

    reason = "incomplete"


class TooLong(Refusal):
    """A video that lasts longer than the settings allow."""

    reason = "too_long"


class NoSharpFrame(Refusal):
    """No frame of the clip is sharp enough; the message holds tips for taking it again."""

    reason = "no_sharp_frame"


class EmptyMask(Refusal):
    """Nothing that could be a product was found in the picture."""

    reason = "empty_mask"


class CroppedProduct(Refusal):
    """The product goes over the edge of the picture."""

    reason = "cropped_product"


class BlurredPicture(Refusal):
    """The product is too blurred to be shown."""

    reason = "blurred"


class UnsupportedUrl(Refusal):
    """An address that is not http, https or a bucket this installation may read."""

    reason = "unsupported_url"


class ForbiddenAddress(Refusal):
    """An address that leads to a machine that is not public."""

    reason = "forbidden_address"


class UrlNotFound(Refusal):
    """The server said that there is nothing at the address, or nothing for us."""

    reason = "url_not_found"


class TooSmall(Refusal):
    """Fewer pixels than the work needs."""

    reason = "too_small"


class LayoutUnclear(Refusal):
    """A photo does not tell where the floor and the walls of its room are."""

    reason = "layout_unclear"


class FloorNotFree(Refusal):
    """Something stands on the floor where furniture would."""

    reason = "floor_not_free"


class ModeNotOffered(Refusal):
    """The provider of this installation, or the model, cannot do what was asked."""

    reason = "mode_not_offered"


class Moderated(Refusal):
    """A provider's own rules kept it from working on the item."""

    reason = "moderated"


class FlaggedPicture(Refusal):
    """Moderation found that a picture should not be shown; its row tells by whom and why."""

    reason = "flagged"

    def __init__(self, message: str, flags: Sequence[str], moderated_by: str) -> None:
        super().__init__(message, flags, moderated_by)
        self.message = message
        self.flags = tuple(flags)
        self.moderated_by = moderated_by

    def __str__(self) -> str:
        return self.message

    def outcome(self) -> dict[str, object]:
        """The row's outcome, with the columns that moderation fills."""
        told = {"flags": list(self.flags), "moderated_by": self.moderated_by}
        return {**super().outcome(), **told}


class EmptyBrief(Refusal):
    """A brief that asks for nothing: no words, no garment, no colour."""

    reason = "empty_brief"


class UnreadableBrief(Refusal):
    """A brief's file that is neither text nor JSON with our parameters."""

    reason = "unreadable_brief"


class UnreadableCatalogue(Refusal):
    """A file in which no products or ateliers can be made out."""

    reason = "unreadable_catalogue"


class BadRow(Refusal):
    """One entry of a catalogue that cannot be taken; the others can."""


class BrokenRow(BadRow):
    """An entry that is cut, or has more or fewer cells than its file has columns."""

    reason = "broken_row"


class IdMissing(BadRow):
    """An entry without an id, so that it could never be updated."""

    reason = "id_missing"


class NameMissing(BadRow):
    """An entry without a name."""

    reason = "name_missing"


class DuplicateId(BadRow):
    """An entry whose id another one in the same import has."""

    reason = "duplicate_id"


class InvalidPrice(BadRow):
    """A price that is no number, is negative, or has no known currency."""

    reason = "invalid_price"


class InvalidValue(BadRow):
    """A rating, range or other value that cannot be what it says."""

    reason = "invalid_value"


class FormulaCell(BadRow):
    """A cell that a spreadsheet would run: =cmd|..."""

    reason = "formula"


class ImageMissing(Refusal):
    """A catalogue names a picture that is nowhere to be found."""

    reason = "image_missing"


class ExceededLimit(Refusal):
    """A worker process had to be stopped, or stopped itself, on this one item."""


class OutOfTime(ExceededLimit):
    """The item took longer than one item may."""

    reason = "time_limit"


class OutOfMemory(ExceededLimit):
    """The item needed more memory than one item may."""

    reason = "memory_limit"


class DecoderCrashed(ExceededLimit):
    """The item took its worker process down, twice."""

    reason = "decoder_crashed"


class Failure(ShowroomError):
    """It should have worked: the machine, the network or a provider got in the way."""

    status = "failed"
    retryable = True


class StoreUnavailable(Failure):
    """The object store did not answer, or refused."""

    reason = "store_unavailable"


class UploadVanished(Failure):
    """The uploaded file was gone or had changed before it was safely copied."""

    reason = "upload_vanished"
    retryable = False


class DownloadFailed(Failure):
    """The server at an address did not answer, or stopped in the middle."""

    reason = "download_failed"


class ProviderUnavailable(Failure):
    """A provider did not answer, was too busy or broke down, as often as it was asked."""

    reason = "provider_unavailable"


class ProviderRejected(Failure):
    """A provider will not work for us: the key is wrong, the credit is spent."""

    reason = "provider_rejected"
    retryable = False


class InvalidProviderResponse(Failure):
    """A provider answered with something that is not what it promises."""

    reason = "invalid_provider_response"


class WrongShape(InvalidProviderResponse):
    """A provider answered with a picture of other proportions, or of far fewer pixels."""

    reason = "wrong_shape"


class UnchangedPicture(InvalidProviderResponse):
    """A provider answered with the picture it was given."""

    reason = "unchanged"


class BlankPicture(InvalidProviderResponse):
    """A provider answered with a picture that shows nothing."""

    reason = "blank"


class PredictionFailed(Failure):
    """A model took the work and could not finish it."""

    reason = "prediction_failed"


class PredictionCanceled(Failure):
    """Somebody stopped a model at its work."""

    reason = "prediction_canceled"
    retryable = False


class PredictionAborted(Failure):
    """A provider gave work up before it was begun."""

    reason = "prediction_aborted"


class OutputExpired(Failure):
    """A finished picture was gone from the provider before it was fetched."""

    reason = "output_expired"


class BudgetSpent(Failure):
    """What a job may cost is spent; nothing was asked of the provider."""

    reason = "budget_spent"
    retryable = False


class ContactKeyMissing(Failure):
    """Contacts cannot be kept, since no key is set to encrypt them with."""

    reason = "contact_key_missing"


class WeightsMissing(Failure):
    """The weights of a local model are not there, or are not its."""

    reason = "weights_missing"


class UnexpectedError(Failure):
    """Showroom's own code, or a library's, met something it was not written for."""

    reason = "internal_error"
    retryable = False


class InvalidRequest(ShowroomError):
    """What was asked cannot be meant; nothing has run."""

    reason = "invalid_request"
    status = "refused"


class UnknownPipeline(InvalidRequest):
    """There is no pipeline of that name."""

    reason = "unknown_pipeline"


class InvalidParameter(InvalidRequest):
    """A parameter is unknown, or its value is not allowed."""

    reason = "invalid_parameter"


class InvalidSetting(InvalidRequest):
    """A setting of this installation is unknown, or its value is not allowed."""

    reason = "invalid_setting"


class UnknownJob(InvalidRequest):
    """There is no job of that id."""

    reason = "unknown_job"
