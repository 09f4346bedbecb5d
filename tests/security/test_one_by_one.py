from security.one_by_one import each_alone


def test_one_that_fails_holds_up_none_of_the_others(caplog):
    def look(number: int) -> bool:
        return 6 // number > 1

    assert each_alone(look, [(0,), (1,), (3,), (6,)], what="a number") == 2
    assert "a number: 0 could not be looked at" in caplog.text
