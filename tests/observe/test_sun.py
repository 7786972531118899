"""The sun: held against outside numbers, and against the times of day that the six strikes turn on."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bearwitness.observe.shadow import spans
from bearwitness.observe.sun import sun_at

DAMASCUS = ZoneInfo("Asia/Damascus")
GOLDEN = (39.742476, -105.1786)


def test_the_worked_example_of_nrel_is_met() -> None:
    """NREL/TP-560-34302, Appendix A.5: azimuth 194.34024, elevation 39.87205 without and 39.88838 with refraction."""
    sun = sun_at(*GOLDEN, datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC), pressure_hpa=820, celsius=11)
    assert abs(sun.azimuth - 194.34024) < 0.01
    assert abs(sun.elevation - 39.87205) < 0.01
    assert abs(sun.refracted - 39.88838) < 0.01


@pytest.mark.parametrize(("lat", "lon", "at"), [
    (*GOLDEN, datetime(2015, 1, 2, 14, 21, 55, tzinfo=UTC)),        # sunrise, NREL SPA calculator
    (*GOLDEN, datetime(2015, 1, 2, 23, 47, 43, tzinfo=UTC)),        # sunset
    (-35.0, 0.0, datetime(1996, 7, 5, 7, 8, 15, tzinfo=UTC)),
    (-35.0, 0.0, datetime(1996, 7, 5, 17, 1, 4, tzinfo=UTC)),
])
def test_at_sunrise_and_sunset_the_centre_stands_50_minutes_of_arc_under_the_horizon(
        lat: float, lon: float, at: datetime) -> None:
    assert abs(sun_at(lat, lon, at).elevation + 0.8333) < 0.01


@pytest.mark.parametrize(("lat", "lon", "at"), [
    (*GOLDEN, datetime(2015, 8, 2, 19, 6, 58, tzinfo=UTC)), (-35.0, 0.0, datetime(2004, 12, 4, 11, 50, 22, tzinfo=UTC))])
def test_at_transit_the_sun_stands_on_the_meridian(lat: float, lon: float, at: datetime) -> None:
    before, after = sun_at(lat, lon, at - timedelta(seconds=10)), sun_at(lat, lon, at + timedelta(seconds=10))
    north = (before.azimuth + 180) % 360 - 180, (after.azimuth + 180) % 360 - 180
    south = before.azimuth - 180, after.azimuth - 180
    low, high = sorted(north if lat < 0 else south)
    assert low <= 0 <= high


@pytest.mark.parametrize(("place", "local", "azimuth", "elevation", "ratio", "bearing"), [
    ((34.84072, 36.73092), (2015, 9, 30, 10, 30), 138.8, 44.0, 1.04, 318.8),     # Talbiseh, summer time
    ((34.82202, 36.69613), (2015, 10, 15, 9, 0), 122.7, 26.2, 2.04, 302.7),      # al-Ghantu, hour assumed
    ((35.90403, 36.72501), (2015, 10, 20, 13, 0), 194.2, 42.8, 1.08, 14.2),      # Sarmin, summer time
    ((35.81374, 36.60964), (2015, 11, 29, 9, 0), 143.9, 23.7, 2.28, 323.9),      # Ariha, winter time
])
def test_the_shadows_of_the_six_strikes(place: tuple[float, float], local: tuple[int, int, int, int, int], azimuth: float,
                                        elevation: float, ratio: float, bearing: float) -> None:
    sun = sun_at(*place, datetime(*local, tzinfo=DAMASCUS))
    assert abs(sun.azimuth - azimuth) <= 0.06
    assert abs(sun.elevation - elevation) <= 0.06
    assert abs(sun.shadow_ratio - ratio) <= 0.01
    assert abs(sun.shadow_bearing - bearing) <= 0.06


def test_an_hour_of_zone_at_ariha_turns_the_shadow_by_twelve_degrees_or_more() -> None:
    at = datetime(2015, 11, 29, 9, 0, tzinfo=DAMASCUS)
    turned = [abs(sun_at(35.81374, 36.60964, at + timedelta(hours=h)).shadow_bearing
                  - sun_at(35.81374, 36.60964, at).shadow_bearing) for h in (-1, 1)]
    assert all(12 <= each <= 16 for each in turned)


def test_at_night_nothing_throws_a_shadow() -> None:
    sun = sun_at(35.8, 36.6, datetime(2015, 11, 29, 22, 0, tzinfo=UTC))
    assert not sun.up and sun.shadow_ratio == float("inf")


@pytest.mark.parametrize(("lat", "lon", "at"), [
    (35.8, 36.6, datetime(2015, 11, 29, 9, 0)), (95.0, 36.6, datetime(2015, 11, 29, 9, 0, tzinfo=UTC)),
    (35.8, 36.6, datetime(1600, 1, 1, tzinfo=UTC))])
def test_an_instant_without_a_zone_or_off_the_globe_is_refused(lat: float, lon: float, at: datetime) -> None:
    with pytest.raises(ValueError):
        sun_at(lat, lon, at)


def test_a_shadow_gives_back_the_time_it_was_made_from() -> None:
    noon = datetime(2015, 10, 20, 0, 0, tzinfo=DAMASCUS)
    for hour in (8, 10, 14, 16):
        at = noon + timedelta(hours=hour)
        sun = sun_at(35.904, 36.725, at)
        found = spans(35.904, 36.725, noon, noon + timedelta(days=1), ratio=sun.shadow_ratio, bearing=sun.shadow_bearing,
                      bearing_out=3, ratio_out=0.1)
        assert len(found) == 1 and found[0].start <= at <= found[0].end
        assert found[0].end - found[0].start < timedelta(minutes=40)


def test_a_length_alone_fits_morning_and_afternoon() -> None:
    start = datetime(2015, 10, 20, 0, 0, tzinfo=DAMASCUS)
    assert len(spans(35.904, 36.725, start, start + timedelta(days=1), ratio=2.0)) == 2


def test_a_shadow_shorter_than_the_sun_allows_falls_at_no_time() -> None:
    start = datetime(2015, 12, 21, 0, 0, tzinfo=DAMASCUS)
    assert spans(35.904, 36.725, start, start + timedelta(days=1), ratio=0.5) == ()


@pytest.mark.parametrize("ratio", [None, 0.0, -1.0, float("nan")])
def test_a_shadow_without_length_or_bearing_is_refused(ratio: float | None) -> None:
    start = datetime(2015, 10, 20, 0, 0, tzinfo=DAMASCUS)
    with pytest.raises(ValueError):
        spans(35.9, 36.7, start, start + timedelta(days=1), ratio=ratio)
