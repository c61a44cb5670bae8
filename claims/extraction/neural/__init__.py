"""The trained engine: a small int8 encoder read through onnxruntime, beside the rules.

This module imports nothing heavy, so that naming the engine costs nothing.
"""

EXTRACTOR = "model-3"
"""Name and version of the engine; it changes with the weights and with what is made of them."""


class ModelUnavailable(RuntimeError):
    """The model's files are missing, damaged or of another version; the message says which."""
