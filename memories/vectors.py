"""Vectors and term weights as pgvector writes them."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
from pgvector import HalfVector, SparseVector

from memories.providers.embeddings import EmbeddingModel, Vectors
from memories.rules import lexemes
from memories.rules.statements import Statement


def literal(vector: Vectors) -> HalfVector:
    """A vector for a query or a row, in half precision."""
    return HalfVector(np.asarray(vector, np.float16))


def written(vector: Vectors) -> str:
    """A vector as a row holds it: five places are more than half precision keeps."""
    return json.dumps(np.round(np.asarray(vector, np.float64), 5).tolist())


def sparse(weights: Mapping[int, float]) -> SparseVector:
    """Term weights for a row."""
    return SparseVector(dict(weights), lexemes.DIMENSIONS)


def embed(statements: Sequence[Statement], *, model: EmbeddingModel) -> list[Vectors]:
    """One vector for each statement: the mean of itself and of itself in its context.

    The mean of two vectors scores a query as the mean of both cosines, in one column. Raises
    EmbeddingUnavailable.
    """
    texts = [statement.alone for statement in statements]
    contexts = [statement.in_context for statement in statements if statement.in_context]
    rows = model.embed([*texts, *contexts])
    mixed = rows[: len(texts)].copy()
    with_context = [index for index, one in enumerate(statements) if one.in_context]
    mixed[with_context] = (mixed[with_context] + rows[len(texts) :]) / 2
    return list(mixed)


def terms(statement: Statement, *, language: str) -> SparseVector:
    """The statement's words, alone and in context, for full text."""
    alone = lexemes.terms(f"{statement.date}\n{statement.alone}", language=language)
    wide = None
    if statement.in_context:
        wide = lexemes.terms(statement.in_context, language=language)
    return sparse(lexemes.weigh(alone, wide))
