"""Every mark of the chart stands inside it, and where its run's numbers say."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from memories.rules import score_charts
from memories.rules.score_charts import Point

NIGHT = datetime(2026, 3, 1, 3, 10, tzinfo=UTC)


def point(score=1.0, passed=1, cases=1, nights=0, **fields):
    return Point(NIGHT + timedelta(days=nights), score, passed, cases, **fields)


def test_without_runs_there_is_no_chart():
    assert score_charts.chart([]) is None


def test_the_best_score_stands_on_top_and_the_worst_at_the_bottom():
    best, worst = score_charts.chart([point(1.0), point(0.0, passed=0)]).dots

    assert (best.y, worst.y) == (score_charts.TOP, score_charts.BOTTOM)
    assert best.x < worst.x


def test_a_run_without_a_score_breaks_the_line():
    runs = [point(), point(0.5), point(None, 0, 0), point(), point(), point()]

    drawn = score_charts.chart(runs)

    assert [len(line.split()) for line in drawn.lines] == [2, 3]
    assert len(drawn.dots) == 5


def test_one_run_is_a_dot_without_a_line():
    drawn = score_charts.chart([point()])

    assert (len(drawn.dots), drawn.lines) == (1, [])


def test_bars_show_how_many_of_the_cases_passed():
    full, half, none = score_charts.chart(
        [point(1, 4, 4), point(0.5, 2, 4), point(None, 0, 0)]
    ).bars
    room = score_charts.BAR_BOTTOM - score_charts.BAR_TOP

    assert (full.height, full.passed_height) == (room, room)
    assert (half.height, half.passed_height) == (room, room / 2)
    assert (none.height, none.passed_height) == (0, 0)


def test_the_ends_are_named():
    drawn = score_charts.chart([point(nights=night) for night in range(30)])

    assert (drawn.first, drawn.last) == (NIGHT, NIGHT + timedelta(days=29))
    assert [line.label for line in drawn.grid] == ["0%", "25%", "50%", "75%", "100%"]


scores = st.one_of(st.none(), st.floats(0, 1))
counts = st.integers(0, 500)


@given(st.lists(st.tuples(scores, counts, counts), min_size=1, max_size=400))
def test_nothing_stands_outside(runs):
    drawn = score_charts.chart([point(*run) for run in runs])

    for dot in drawn.dots:
        assert score_charts.LEFT <= dot.x <= score_charts.WIDTH - score_charts.RIGHT
        assert score_charts.TOP <= dot.y <= score_charts.BOTTOM
    for bar in drawn.bars:
        assert score_charts.LEFT <= bar.x <= bar.x + bar.width <= score_charts.WIDTH
        assert score_charts.BAR_TOP - 0.01 <= bar.y <= score_charts.BAR_BOTTOM
        assert 0 <= bar.passed_height <= bar.height + 0.01
