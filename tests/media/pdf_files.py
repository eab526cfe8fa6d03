"""Small PDF documents, written by hand."""

import hashlib
from collections.abc import Sequence

Page = tuple[float, float, str]
"""Width and height in points, and the content stream."""

RED_PAGE: Page = (200, 100, "0.9 0.1 0.1 rg 0 0 200 100 re f")


def pdf(pages: Sequence[Page] = (RED_PAGE,), extra: str = "", page_extra: str = "") -> bytes:
    """A document of these pages; `extra` goes into the catalog, `page_extra` into each page."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
    ]
    for number, (width, height, content) in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] {page_extra} "
            f"/Contents {4 + 2 * number} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return _assemble(objects)


def locked_pdf(*, user_password: bool) -> bytes:
    """A document encrypted with 40-bit RC4, opening with or without a password.

    Its one page has no content, so that there is nothing to encrypt. The keys are computed as
    ISO 32000-1, 7.6.3, algorithms 2 to 4, say.
    """
    user = b"secret" if user_password else b""
    owner_entry = _rc4(_md5(_padded(b"owner"))[:5], _padded(user))
    document_id = b"0123456789abcdef"
    key = _md5(_padded(user) + owner_entry + b"\xfc\xff\xff\xff" + document_id)[:5]
    user_entry = _rc4(key, _PADDING)
    return _assemble(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>",
            f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner_entry.hex()}> "
            f"/U <{user_entry.hex()}> >>",
        ],
        f"/Encrypt 4 0 R /ID [<{document_id.hex()}> <{document_id.hex()}>]",
    )


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _padded(password: bytes) -> bytes:
    return (password + _PADDING)[:32]


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _assemble(objects: list[str], trailer: str = "") -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("latin-1")
