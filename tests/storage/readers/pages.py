"""Small PDFs of our own: lines of text in Helvetica, each with its size and place."""

Line = tuple[str, int, int, int]
"""Text, size in points, and how far from the left and from the bottom of the page."""


def pdf(*pages: list[Line], title: str = "", author: str = "") -> bytes:
    """Return a PDF with these lines on each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        parts = (f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for text, size, x, y in lines)
        stream = "\n".join(parts)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            f"/Resources << /Font << /F1 {font} >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({_escaped(title)}) /Author ({_escaped(author)}) >>")
    text, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(text)
    text += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    text += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return text.encode("latin-1")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def column(texts: list[str], top: int, size: int = 10, left: int = 60) -> list[Line]:
    """Return lines one below the other."""
    return [(text, size, left, top - n * (size + 2)) for n, text in enumerate(texts)]
