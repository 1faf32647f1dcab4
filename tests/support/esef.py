"""A stand-in for the ESEF taxonomy, on top of the stand-in for the IFRS taxonomy where that is available."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.support.real_instances import DATA

RELEASES = {"2024": "2024-03-27", "2025": "2025-03-27"}

_NOTES = "NotesAccountingPoliciesAndMandatoryTags"
_UNCUT = "LineItemsNotDimensionallyQualified"


def ifrs(year: str) -> Path:
    """The stand-in for the IFRS taxonomy of a year; not everywhere there."""
    return DATA / "sec-standin" / f"ifrs-{year}.zip"


def esef_package(folder: Path, year: str) -> Path:
    """A taxonomy package with the schema of the ESEF taxonomy: its roles, the heading of notes, the hypercube."""
    date = RELEASES[year]
    package = folder / f"esef-{year}.zip"
    role = '<link:roleType roleURI="{}" id="{}"><link:definition>{}</link:definition>{}</link:roleType>'
    used_on = "<link:usedOn>link:definitionLink</link:usedOn><link:usedOn>link:presentationLink</link:usedOn>"
    roles = role.format(
        "http://www.esma.europa.eu/xbrl/role/cor/ifrs-dim_role-990000", "ifrs-dim_role-990000", "[990000]", used_on
    ) + role.format(
        "https://www.esma.europa.eu/xbrl/role/cor/esef_role-999999", "esef_role-999999", "[999999]", used_on
    )
    element = (
        '<xs:element id="esef_cor_{0}" name="{0}" type="xbrli:stringItemType" substitutionGroup="{1}" '
        'abstract="true" nillable="true" xbrli:periodType="duration"/>'
    )
    schema = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase" '
        'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldt="http://xbrl.org/2005/xbrldt" '
        f'targetNamespace="http://www.esma.europa.eu/taxonomy/{date}/esef_cor" elementFormDefault="qualified">'
        f"<xs:annotation><xs:appinfo>{roles}</xs:appinfo></xs:annotation>"
        '<xs:import namespace="http://www.xbrl.org/2003/instance" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
        '<xs:import namespace="http://xbrl.org/2005/xbrldt" '
        'schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>'
        f'<xs:import namespace="https://xbrl.ifrs.org/taxonomy/{date}/ifrs-full" '
        f'schemaLocation="https://xbrl.ifrs.org/taxonomy/{date}/full_ifrs/full_ifrs-cor_{date}.xsd"/>'
        f"{element.format(_NOTES, 'xbrli:item')}{element.format(_UNCUT, 'xbrldt:hypercubeItem')}</xs:schema>"
    )
    catalog = (
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><rewriteURI '
        f'uriStartString="https://www.esma.europa.eu/taxonomy/{date}/" rewritePrefix="../"/></catalog>'
    )
    description = (
        '<tp:taxonomyPackage xml:lang="en" xmlns:tp="http://xbrl.org/2016/taxonomy-package">'
        f"<tp:identifier>urn:example:esef-{year}</tp:identifier><tp:name>ESEF {year}: stand-in</tp:name>"
        "<tp:version>1</tp:version></tp:taxonomyPackage>"
    )
    with zipfile.ZipFile(package, "w") as archive:
        top = f"esef-{year}"
        archive.writestr(f"{top}/META-INF/catalog.xml", catalog)
        archive.writestr(f"{top}/META-INF/taxonomyPackage.xml", description)
        archive.writestr(f"{top}/esef_cor.xsd", schema)
    return package
