"""Who is asked, as whom, and that practice and AWS never pass for each other."""

import pytest

from tests.fakes import Bench
from tests.outside import expired
from tests.unit.services.conftest import Recorder
from workbench.domain.connections import Identity, IdentityState
from workbench.domain.errors import EnvironmentFault, InputError, WorkbenchError
from workbench.domain.models import BUILTIN_MODEL, PRACTICE, ModelKind, ModelRef
from workbench.services.connections import ConnectionService
from workbench.services.events import IdentityChanged, SignInSaid
from workbench.services.jobs import Job

REAL = ModelRef(ModelKind.BEDROCK, "Nova", "amazon.nova", region="us-east-1")
PRACTISED = ModelRef(ModelKind.BEDROCK, "Nova", "amazon.nova", region=PRACTICE)


@pytest.fixture
def connections(bench: Bench) -> ConnectionService:
    return bench.services.connections


def ended(job: Job[Identity | None]) -> Identity | None:
    return job.future.result(5)


def test_nobody_is_asked_before_a_person_chose(
    bench: Bench, connections: ConnectionService
) -> None:
    connections.resume()

    assert connections.current() is None
    assert not connections.state.connected
    assert not bench.aws.probed
    with pytest.raises(InputError) as refused:
        connections.permit(REAL)
    assert refused.value.code == "aws.not_connected"
    connections.permit(BUILTIN_MODEL)


def test_a_chosen_profile_is_kept_by_name_and_asked_who_it_is(
    bench: Bench, connections: ConnectionService, heard: Recorder
) -> None:
    found = ended(connections.choose("support", "ap-northeast-1"))

    assert found is not None
    assert (found.user, found.region) == ("Expert/mika", "ap-northeast-1")
    states = [event.state for event in heard.of(IdentityChanged)]
    assert [state.checking for state in states] == [True, False]
    assert states[-1].identity == found == connections.state.identity
    connections.permit(REAL)
    kept = bench.services.preferences.current
    assert (kept.aws_profile, kept.used_regions) == ("support", ("ap-northeast-1",))


def test_the_next_start_asks_again(
    bench: Bench, connections: ConnectionService
) -> None:
    ended(connections.choose("support", ""))
    connections.resume()
    again = ConnectionService(
        bench.services.preferences,
        bench.services.jobs,
        bench.services.events,
        bench.aws,
        bench.practice,
    )

    assert again.state.connected
    assert again.state.identity is None
    assert again.connection() == connections.connection()


def test_the_profile_knows_the_region_when_none_was_chosen(
    connections: ConnectionService,
) -> None:
    assert connections.region() == ""
    ended(connections.choose("support", ""))
    assert connections.region() == "eu-central-1"


def test_the_answer_to_an_older_question_is_not_shown(
    bench: Bench, connections: ConnectionService
) -> None:
    bench.aws.gate.clear()
    older = connections.choose("default", "us-west-2")
    newer = connections.choose("support", "us-east-1")
    bench.aws.gate.set()
    ended(older)
    ended(newer)

    identity = connections.state.identity
    assert identity is not None
    assert identity.profile == "support"


def test_practice_answers_in_place_of_aws(
    bench: Bench, connections: ConnectionService
) -> None:
    ended(connections.choose("support", "us-east-1"))
    found = ended(connections.set_practice(True))

    assert found is not None
    assert found.method == "practice"
    current = connections.current()
    assert current is not None
    assert current.is_practice
    assert current.endpoint in bench.aws.practice
    assert connections.state.practice
    connections.permit(PRACTISED)
    with pytest.raises(InputError) as refused:
        connections.permit(REAL)
    assert refused.value.code == "practice.on"


def test_practice_off_stops_the_server_and_goes_back_to_the_profile(
    bench: Bench, connections: ConnectionService
) -> None:
    ended(connections.choose("support", "us-east-1"))
    ended(connections.set_practice(True))
    ended(connections.set_practice(False))

    assert not bench.practice.is_running
    assert connections.current() == connections.connection()
    connections.permit(REAL)
    with pytest.raises(InputError) as refused:
        connections.permit(PRACTISED)
    assert refused.value.code == "practice.off"
    with pytest.raises(InputError):
        connections.practice_connection()


def test_a_server_that_cannot_start_is_told(
    bench: Bench, connections: ConnectionService
) -> None:
    bench.practice.failure = EnvironmentFault("sandbox.port", "The port is taken.")
    with pytest.raises(EnvironmentFault):
        ended(connections.set_practice(True))

    assert connections.state.problem == "sandbox.port"
    assert not connections.state.checking


def test_signing_in_tells_what_to_type_and_looks_again(
    bench: Bench, connections: ConnectionService, heard: Recorder
) -> None:
    bench.aws.who = expired
    before = ended(connections.choose("support", "us-east-1"))
    after = ended(connections.sign_in())

    assert before is not None
    assert before.state is IdentityState.EXPIRED
    assert before.mend.command == "aws sso login --profile support"
    assert after is not None
    assert connections.state.identity == after
    assert after.state is IdentityState.OK
    assert "ABCD-EFGH" in heard.of(SignInSaid)[0].text


def test_a_sign_in_that_fails_keeps_what_was_known(
    bench: Bench, connections: ConnectionService
) -> None:
    bench.aws.who = expired
    ended(connections.choose("support", "us-east-1"))
    bench.aws.sign_in_failure = WorkbenchError("aws.sign_in_failed", "No.")
    with pytest.raises(WorkbenchError):
        ended(connections.sign_in())

    identity = connections.state.identity
    assert identity is not None
    assert identity.state is IdentityState.EXPIRED


def test_disconnecting_forgets_who_was_there(
    connections: ConnectionService,
) -> None:
    ended(connections.choose("support", "us-east-1"))
    connections.disconnect()

    assert not connections.state.connected
    assert connections.state.identity is None
    assert connections.current() is None


def test_closing_the_services_stops_the_server(
    bench: Bench, connections: ConnectionService
) -> None:
    ended(connections.set_practice(True))
    bench.services.close()

    assert not bench.practice.is_running
