"""National registers: the owner's extracts are indexed, and organisations found in them where that is sure."""

from __future__ import annotations

import gzip
import zipfile

import pytest

from extract.facts import OrganisationFact
from graph.mapping import map_identities
from graph.mapping.registers import map_register_matches
from graph.registers import RegisterError, RegisterIndex, reconcile
from graph.resolve import Registry, resolve
from ontology.terms import DG

RNA = "id;siret;titre;titre_court;adrs_codeinsee;adrs_libcommune;position"
ROWS = (
    "W211000001;;LES AMIS DU LAVOIR VERT;ALV;21231;DIJON;A",
    "W211000002;24210041000008;COMITE DES FETES;;21003;AGENCOURT;A",
    "W211000003;;COMITÉ DES FÊTES;;21231;DIJON;D",
    "W751000004;;OBSERVATOIRE DES LANTERNES SOURDES;;75056;PARIS;A",
    "W211000005;;CHORALE DES QUATRE VENTS;;21231;DIJON;A",
    "W211000006;;CHORALE DES QUATRE VENTS;;21166;CHENOVE;A",
    "pas un numéro;;SANS NUMERO;;21231;DIJON;A",
)


@pytest.fixture
def index(tmp_path):
    with RegisterIndex(tmp_path / "registers.sqlite") as opened:
        yield opened


def _write(path, rows=ROWS, header=RNA, encoding="utf-8"):
    path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
    return path


def _add(index, path):
    return list(index.add(path))[-1]


def _resolved(make, *names, authority="Commune de Dijon"):
    facts = tuple(OrganisationFact(id=f"o{i}", name=name, kind="association") for i, name in enumerate(names))
    document = make.document(
        [make.act(organisations=facts)], [make.session(authority=authority, department="21")], file_name="a.txt"
    )
    return document, resolve([document], Registry())


def _matches(make, index, *names, authority="Commune de Dijon"):
    _, resolution = _resolved(make, *names, authority=authority)
    return reconcile(resolution, index)


def test_the_one_association_of_that_name_in_the_commune_is_found(make, tmp_path, index):
    added = _add(index, _write(tmp_path / "rna.csv"))
    assert (added.rows, added.kept, added.done) == (7, 6, True)
    (match,) = _matches(make, index, "l'association Les Amis du lavoir vert")
    assert (match.register, match.id, match.rna, match.sure) == ("rna", "W211000001", "W211000001", True)


def test_a_name_elsewhere_or_borne_by_several_is_for_review(make, tmp_path, index):
    _add(index, _write(tmp_path / "rna.csv"))
    (elsewhere,) = _matches(make, index, "Observatoire des lanternes sourdes")
    assert not elsewhere.sure
    several = _matches(make, index, "Chorale des Quatre Vents", authority="Dijon Métropole")
    assert {m.id for m in several} == {"W211000005", "W211000006"}
    assert not any(m.sure for m in several)


def test_the_association_that_was_dissolved_is_not_taken_for_sure(make, tmp_path, index):
    _add(index, _write(tmp_path / "rna.csv"))
    (match,) = _matches(make, index, "Comité des fêtes")
    assert match.id == "W211000003"
    assert not match.sure
    assert "dissous" in match.reason


def test_a_sure_match_gives_the_organisation_its_numbers(make, tmp_path, index):
    _add(index, _write(tmp_path / "rna.csv", [ROWS[1].replace("21003", "21231")]))
    document, resolution = _resolved(make, "Comité des fêtes")
    identities = map_identities(resolution, [document.sha256], "http://x.test")
    map_register_matches(reconcile(resolution, index), identities, "http://x.test")
    assert {str(o) for o in identities.objects(None, DG.rna)} == {"W211000002"}
    assert "242100410" in {str(o) for o in identities.objects(None, DG.siren)}
    assert len(list(identities.subjects(None, DG.RegisterMatch))) == 1


def _of_act(make, index, name, rna):
    fact = OrganisationFact(id="o", name=name, kind="association", rna=rna)
    document = make.document(
        [make.act(organisations=(fact,))], [make.session(authority="Commune de Dijon", body="Conseil municipal")]
    )
    resolution = resolve([document], Registry())
    identities = map_identities(resolution, [document.sha256], "http://x.test")
    matches = reconcile(resolution, index)
    map_register_matches(matches, identities, "http://x.test")
    return matches, {str(o) for o in identities.objects(None, DG.rna)}


def test_the_number_that_an_act_gives_is_the_only_one_published(make, tmp_path, index):
    _add(index, _write(tmp_path / "rna.csv"))
    (match,), published = _of_act(make, index, "Les Amis du lavoir vert", "W211000099")
    assert published == {"W211000099"}
    assert not match.sure
    assert "W211000099" in match.reason
    (match,), published = _of_act(make, index, "Les Amis du lavoir vert", "W211000001")
    assert published == {"W211000001"}
    assert match.sure
    assert match.confidence > 0.95


def test_the_number_of_the_act_tells_which_of_several_is_meant(make, tmp_path, index):
    _add(index, _write(tmp_path / "rna.csv"))
    (match,), published = _of_act(make, index, "Chorale des Quatre Vents", "W211000006")
    assert match.id == "W211000006"
    assert published == {"W211000006"}


def test_two_registers_that_contradict_each_other_give_no_number(make, tmp_path, index):
    _add(index, _write(tmp_path / "rna.csv"))
    units = (
        "siren,denominationUniteLegale,sigleUniteLegale,categorieJuridiqueUniteLegale,etatAdministratifUniteLegale,"
        "identifiantAssociationUniteLegale"
    )
    seats = "siren,siret,etablissementSiege,codeCommuneEtablissement"
    _add(index, _write(tmp_path / "u.csv", ["242100410,LES AMIS DU LAVOIR VERT,,9220,A,W211000077"], units))
    _add(index, _write(tmp_path / "e.csv", ["242100410,24210041000008,true,21231"], seats))
    matches = _matches(make, index, "Les Amis du lavoir vert")
    assert {m.register for m in matches} == {"rna", "sirene"}
    assert not any(m.sure for m in matches)
    assert all("deux numéros" in m.reason for m in matches)


@pytest.mark.parametrize("form", ["gz", "zip", "cp1252"])
def test_files_as_the_publishers_pack_them(make, tmp_path, index, form):
    plain = _write(tmp_path / "rna.csv", encoding="cp1252" if form == "cp1252" else "utf-8")
    path = plain
    if form == "gz":
        path = tmp_path / "rna.csv.gz"
        path.write_bytes(gzip.compress(plain.read_bytes()))
    elif form == "zip":
        path = tmp_path / "rna.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(plain, "rna_waldec.csv")
    assert _add(index, path).kept == 6
    assert [e.id for e in index.named("comite fetes")] == ["W211000002", "W211000003"]


def test_sirene_gives_the_number_of_units_and_the_seat_of_establishments(make, tmp_path, index):
    units = "siren,denominationUniteLegale,sigleUniteLegale,categorieJuridiqueUniteLegale,etatAdministratifUniteLegale"
    seats = "siren,siret,etablissementSiege,codeCommuneEtablissement"
    rows = ["242100410,ATELIER DES ROUES LIBRES,ARL,9220,A", "213102312,JEAN DUPONT,,1000,A"]
    _add(index, _write(tmp_path / "u.csv", rows, units))
    (before,) = _matches(make, index, "Atelier des roues libres")
    assert not before.sure
    _add(index, _write(tmp_path / "e.csv", ["242100410,24210041000008,true,21231"], seats))
    (match,) = _matches(make, index, "Atelier des roues libres")
    assert (match.siren, match.siret, match.sure) == ("242100410", "24210041000008", True)
    assert index.named("jean dupont") == []  # a natural person


def test_reading_a_file_again_replaces_what_it_said(tmp_path, index):
    _add(index, _write(tmp_path / "rna.csv"))
    _add(index, _write(tmp_path / "rna.csv", ["W211000001;;LE LAVOIR BLEU;;21231;DIJON;A"]))
    assert index.named("amis lavoir vert") == []
    assert [e.name for e in index.named("lavoir bleu")] == ["LE LAVOIR BLEU"]
    assert [(file, rows) for file, _, rows, _, _ in index.sources()] == [("rna.csv", 1)]


def test_a_file_of_other_columns_is_refused_with_the_columns_expected(tmp_path, index):
    with pytest.raises(RegisterError, match=r"x\.csv : ces colonnes .* titre_court"):
        _add(index, _write(tmp_path / "x.csv", ["1;2"], "a;b"))


def test_a_file_that_breaks_off_changes_nothing(tmp_path, index):
    whole = gzip.compress(_write(tmp_path / "rna.csv", ROWS * 3000).read_bytes())
    broken = tmp_path / "rna.csv.gz"
    broken.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RegisterError, match="illisible"):
        _add(index, broken)
    assert index.named("comite fetes") == []
    assert index.sources() == []


def test_an_index_that_is_none_of_ours_says_what_to_do(tmp_path):
    (tmp_path / "registers.sqlite").write_text("not a database, and long enough to be noticed" * 40)
    with pytest.raises(RegisterError, match="Supprimer le fichier"):
        RegisterIndex(tmp_path / "registers.sqlite")
