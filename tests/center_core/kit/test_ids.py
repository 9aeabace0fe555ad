"""Ids sort by time; codes can be typed."""

from center_core.kit import CODE_ALPHABET, random_code, uuid7


def test_later_ids_sort_later() -> None:
    made = [uuid7() for _ in range(1000)]
    assert made == sorted(made)
    assert all(id.version == 7 for id in made)


def test_codes_avoid_what_people_mix_up() -> None:
    code = random_code(16)
    assert len(code) == 16
    assert set(code) <= set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("01OIL")
    assert len({random_code() for _ in range(1000)}) == 1000
