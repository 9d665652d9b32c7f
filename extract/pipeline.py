"""The spaCy pipeline that reads the text of one act, from its theme to its vote.

A blank French pipeline (tokens) with our registered components, in the order in which each needs the ones before.
Stock NER finds organisations here with precision 0.08 and costs ten times all of this. What rules cannot know
beforehand (which verb gives, where a name ends, who of three bodies pays) is left to small linear models trained in
the open (``training/``), asked by the components that need them.
"""

from __future__ import annotations

from functools import cache

from spacy.language import Language

import extract.pipes.abbreviations
import extract.pipes.actions
import extract.pipes.agreements
import extract.pipes.amounts
import extract.pipes.money.component
import extract.pipes.norms
import extract.pipes.organisations
import extract.pipes.people
import extract.pipes.periods
import extract.pipes.programmes.component
import extract.pipes.roles
import extract.pipes.sentences
import extract.pipes.signatories  # noqa: F401 - importing registers the factory
from extract.pipes.french import french
from extract.pipes.model import ActContext
from extract.pipes.reading import Reading, register_extensions
from extract.pipes.tokens import Tokens

COMPONENTS = (
    "delibgraph_norms",
    "delibgraph_sentences",
    "delibgraph_amounts",
    "delibgraph_periods",
    "delibgraph_abbreviations",
    "delibgraph_programmes",
    "delibgraph_organisations",
    "delibgraph_roles",
    "delibgraph_actions",
    "delibgraph_agreements",
    "delibgraph_signatories",
    "delibgraph_people",
    "delibgraph_fundings",
)


@cache
def pipeline() -> Language:
    """The pipeline, built once a process."""
    register_extensions()
    nlp = french()
    nlp.tokenizer = Tokens(nlp.tokenizer)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def read_act(text: str, context: ActContext) -> Reading:
    """Run the pipeline over the text of one act and return its findings."""
    nlp = pipeline()
    # a phrase wrapped over two lines is one phrase to spaCy
    doc = nlp.make_doc(text.replace("\n", " "))
    reading = Reading(context, text)
    doc._.reading = reading
    nlp(doc)
    return reading
