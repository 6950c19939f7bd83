"""Files that are sent to be kept, never shown as pages of this server."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import FileResponse


def send_file(write: Callable[[Path], Path]) -> FileResponse:
    """Send what is written: ``write`` is given a folder, writes a file or a folder into it and says which.

    The private folder is gone before the first byte is sent: the open file is all that is left of it. A folder is sent
    as a ZIP file.
    """
    with TemporaryDirectory(prefix="reviewflow-") as private:
        path = write(Path(private))
        if path.is_dir():
            path = _pack(path)
        file = path.open("rb")
    response = FileResponse(file, as_attachment=True, filename=path.name, content_type="application/octet-stream")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _pack(folder: Path) -> Path:
    """A ZIP file beside a folder, with the folder in it."""
    packed = folder.with_name(f"{folder.name}.zip")
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            archive.write(file, Path(folder.name) / file.relative_to(folder))
    return packed
