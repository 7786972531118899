"""Where the sun stood: azimuth and elevation at a place and an instant, and the shadow it threw.

Azimuth clockwise from true north, elevation above the level horizon [deg]; instants in UTC.
Good to 0.01 [deg] between 1900 and 2100 (held against the worked example of NREL/TP-560-34302 and against the
tests' own vectors); far finer than any shadow can be read.
Neglects: the observer's height (parallax 0.0024 deg at most is applied for the Earth's radius), slope of the ground,
lens distortion, weather; the difference between UTC and UT1 (under 0.9 s, 0.004 deg).
Sources: J. Meeus, Astronomical Algorithms, 2nd ed. 1998, chapters 12, 22, 25 (after Bretagnon and Francou's VSOP87
and the Astronomical Almanac); refraction: G. G. Bennett, J. Navigation 35(2), 1982, in the form used by
I. Reda, A. Andreas, Solar Energy 76(5), 2004, doi:10.1016/j.solener.2003.12.003.
"""
from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 1900, 2100
SUN_RADIUS_DEG = 0.26667


@dataclass(frozen=True, slots=True)
class Sun:
    """azimuth, elevation [deg]; refracted: elevation as seen through standard air [deg]."""

    azimuth: float
    elevation: float
    refracted: float

    @property
    def up(self) -> bool:
        """Whether the upper edge of the disc stands above a level horizon."""
        return self.refracted > -SUN_RADIUS_DEG

    @property
    def shadow_bearing(self) -> float:
        """The way a shadow points, clockwise from true north [deg]."""
        return (self.azimuth + 180) % 360

    @property
    def shadow_ratio(self) -> float:
        """Length of the shadow over the height of what throws it, on level ground [1]; infinite when the sun is down."""
        return 1 / math.tan(math.radians(self.refracted)) if self.refracted > 0 else math.inf


def sun_at(lat: float, lon: float, at: datetime, *, pressure_hpa: float = 1013.25, celsius: float = 15.0) -> Sun:
    """The sun at a place and an instant.

    lat, lon: WGS 84, north and east positive [deg]. at: an instant with a zone.
    Raises ValueError for an instant without a zone, a year outside 1900..2100, or a place off the globe.
    """
    if at.tzinfo is None:
        raise ValueError("the instant needs a zone")
    if not (FIRST_YEAR <= at.year <= LAST_YEAR and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"the sun is computed for the years {FIRST_YEAR} to {LAST_YEAR} and places on the globe")
    days = (at - J2000) / timedelta(days=1)
    ascension, declination, equinoxes = _apparent(days + _delta_t_days(at))
    hour = math.radians((_sidereal(days) + equinoxes + lon) % 360) - ascension
    phi = math.radians(lat)
    hour, declination = _seen_from_surface(phi, hour, declination)
    height = math.asin(math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(declination) * math.cos(hour))
    azimuth = math.atan2(math.sin(hour), math.cos(hour) * math.sin(phi) - math.tan(declination) * math.cos(phi))
    elevation = math.degrees(height)
    return Sun((math.degrees(azimuth) + 180) % 360, elevation, elevation + _refraction(elevation, pressure_hpa, celsius))


def _delta_t_days(at: datetime) -> float:
    """Terrestrial minus universal time [d]: a line through 29 s (1950), 64 s (2000) and 69 s (2020).

    Ten seconds are 0.0001 deg of the sun's path.
    """
    year = at.year + at.month / 12
    seconds = 64 + 0.3 * (year - 2000) if year >= 2000 else max(-3.0, 64 - 0.7 * (2000 - year))
    return seconds / 86_400


def _apparent(days: float) -> tuple[float, float, float]:
    """Right ascension and declination [rad], and the equation of the equinoxes [deg]. days: TT since J2000."""
    t = days / 36_525
    mean = 280.46646 + t * (36000.76983 + 0.0003032 * t)
    anomaly = math.radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
    centre = ((1.914602 - t * (0.004817 + 0.000014 * t)) * math.sin(anomaly)
              + (0.019993 - 0.000101 * t) * math.sin(2 * anomaly) + 0.000289 * math.sin(3 * anomaly))
    nutation, obliquity_change = _nutation(t)
    longitude = math.radians(mean + centre + _planets(t) - 0.005692 + nutation)
    obliquity = math.radians(23.4392911 - t * (0.0130042 + t * (1.64e-7 - 5.04e-7 * t)) + obliquity_change)
    ascension = math.atan2(math.cos(obliquity) * math.sin(longitude), math.cos(longitude))
    return ascension, math.asin(math.sin(obliquity) * math.sin(longitude)), nutation * math.cos(obliquity)


def _planets(t: float) -> float:
    """The pull of Venus, Jupiter and the Moon on the sun's longitude, largest terms [deg] (Meeus 1991, chapter 25)."""
    venus = 0.00134 * math.cos(math.radians(153.23 + 22518.7541 * t))
    venus_twice = 0.00154 * math.cos(math.radians(216.57 + 45037.5082 * t))
    jupiter = 0.00200 * math.cos(math.radians(312.69 + 32964.3577 * t))
    moon = 0.00179 * math.sin(math.radians(350.74 + 445267.1142 * t - 0.00144 * t * t))
    slow = 0.00178 * math.sin(math.radians(251.39 + 20.20 * t))
    return venus + venus_twice + jupiter + moon + slow


def _nutation(t: float) -> tuple[float, float]:
    """Nutation in longitude and obliquity [deg], the four largest terms (IAU 1980)."""
    node = math.radians(125.04452 - 1934.136261 * t)
    sun, moon = math.radians(280.4665 + 36000.7698 * t), math.radians(218.3165 + 481267.8813 * t)
    longitude = -17.20 * math.sin(node) - 1.32 * math.sin(2 * sun) - 0.23 * math.sin(2 * moon) + 0.21 * math.sin(2 * node)
    obliquity = 9.20 * math.cos(node) + 0.57 * math.cos(2 * sun) + 0.10 * math.cos(2 * moon) - 0.09 * math.cos(2 * node)
    return longitude / 3600, obliquity / 3600


def _sidereal(days: float) -> float:
    """Mean sidereal time at Greenwich [deg] (IAU 1982). days: UT since J2000."""
    t = days / 36_525
    return 280.46061837 + 360.98564736629 * days + t * t * (0.000387933 - t / 38_710_000)


def _seen_from_surface(phi: float, hour: float, declination: float) -> tuple[float, float]:
    """Hour angle and declination from the surface instead of the Earth's centre [rad]; parallax 8.794 seconds of arc."""
    parallax = math.radians(8.794 / 3600)
    u = math.atan(0.99664719 * math.tan(phi)) if abs(phi) < math.pi / 2 else phi
    across, along = math.cos(u), 0.99664719 * math.sin(u)
    below = math.cos(declination) - across * math.sin(parallax) * math.cos(hour)
    shift = math.atan2(-across * math.sin(parallax) * math.sin(hour), below)
    seen = math.atan2((math.sin(declination) - along * math.sin(parallax)) * math.cos(shift), below)
    return hour - shift, seen


def _refraction(elevation: float, pressure_hpa: float, celsius: float) -> float:
    """How much the air lifts the sun [deg]; nothing where the disc is wholly below the horizon."""
    if elevation < -(SUN_RADIUS_DEG + 0.5667):
        return 0.0
    return (pressure_hpa / 1010 * 283 / (273 + celsius) * 1.02
            / (60 * math.tan(math.radians(elevation + 10.3 / (elevation + 5.11)))))
