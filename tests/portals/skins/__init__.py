"""Skins: how a portal's content looks and where it stands. One file for each content-management system."""

from __future__ import annotations

from tests.portals.content import Portal
from tests.portals.skins.bacninh import BacNinh
from tests.portals.skins.base import Skin
from tests.portals.skins.liferay62 import Liferay62
from tests.portals.skins.plain import Plain
from tests.portals.skins.sharepoint import SharePoint
from tests.portals.skins.wordpress import WordPress

SKINS: dict[str, type[Skin]] = {
    "bacninh": BacNinh,
    "liferay62": Liferay62,
    "plain": Plain,
    "sharepoint": SharePoint,
    "wordpress": WordPress,
}


def dress(portal: Portal) -> Skin:
    """The portal in its skin."""
    return SKINS[portal.skin](portal)
