"""The connection to AWS: which one, who is there, and practice in its place.

Profile and region are names and stand in preferences; nothing secret is kept. AWS is
never asked before a person has chosen it. While practice is on, AWS is not asked
either: a question to a real model is refused, and practice models are another kind
(`ModelRef.is_practice`), so that neither can pass for the other.
"""

import dataclasses
import threading

from workbench.domain.connections import AwsConnection, AwsState, Identity
from workbench.domain.errors import CancelledError, InputError, WorkbenchError
from workbench.domain.jobs import JobKind
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.remote_ports import AwsAccess, PracticeServer
from workbench.services.events import EventBus, IdentityChanged, SignInSaid
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.preferences import Preferences, PreferencesService

ON = "on"
PRACTICE_REGION = "us-east-1"
_USED_REGIONS = 6


class ConnectionService:
    """Chooses, checks and signs in; runs the practice server."""

    def __init__(
        self,
        preferences: PreferencesService,
        jobs: JobService,
        events: EventBus,
        aws: AwsAccess,
        practice: PracticeServer,
    ) -> None:
        """Ask nothing yet; `resume` does when the window stands."""
        self._preferences = preferences
        self._jobs = jobs
        self._events = events
        self._aws = aws
        self._server = practice
        # One start of the practice server at a time; never held by the window.
        self._starting = threading.Lock()
        # Guards what is shown, between the window and the jobs.
        self._lock = threading.Lock()
        self._state = AwsState()
        self._practice_at = ""
        self._asked = 0
        self._take_over(preferences.current)

    @property
    def state(self) -> AwsState:
        """How things stand now."""
        return self._state

    @property
    def is_practice(self) -> bool:
        """Whether practice is wished for; its server may still be starting."""
        return self._preferences.current.practice == ON

    def connection(self) -> AwsConnection:
        """Return where and as whom AWS itself is asked."""
        current = self._preferences.current
        return AwsConnection(current.aws_profile, current.aws_region)

    def practice_connection(self) -> AwsConnection:
        """Return where practice models are asked, its server running.

        Raises:
            InputError: ``practice.off``.
            EnvironmentFault: the server cannot be started.
        """
        if not self.is_practice:
            raise _practice_off()
        with self._starting:
            if not self._practice_at:
                endpoint, credentials = self._server.start()
                self._aws.use_practice(endpoint, credentials)
                self._practice_at = endpoint
            return AwsConnection(region=PRACTICE_REGION, endpoint=self._practice_at)

    def current(self) -> AwsConnection | None:
        """Return whoever is asked now, None when nobody is connected."""
        if self.is_practice:
            return self.practice_connection()
        return self.connection() if self._preferences.current.aws == ON else None

    def region(self) -> str:
        """Return the region models are asked in, empty while it is not known."""
        if self.is_practice:
            return PRACTICE_REGION
        identity = self._state.identity
        return self._preferences.current.aws_region or (
            identity.region if identity else ""
        )

    def permit(self, model: ModelRef) -> None:
        """Refuse a model that may not be asked now.

        Raises:
            InputError: ``practice.off``, ``practice.on``, ``aws.not_connected``.
        """
        if model.kind is not ModelKind.BEDROCK:
            return
        if model.is_practice:
            if not self.is_practice:
                raise _practice_off()
        elif self.is_practice:
            raise InputError(
                "practice.on",
                "Practice is on, so AWS is not asked. Switch it off in Settings.",
            )
        elif self._preferences.current.aws != ON:
            raise InputError(
                "aws.not_connected",
                "No AWS profile is chosen yet. Choose one in Settings.",
            )

    def profiles(self) -> Job[tuple[str, ...]]:
        """Read the names of the profiles of this computer."""

        def work(context: JobContext) -> tuple[str, ...]:
            del context
            return self._aws.profiles()

        return self._jobs.submit(JobKind.PROBE, "AWS", work)

    def choose(self, profile: str, region: str) -> Job[Identity | None]:
        """Connect with a profile (empty: the default chain) and look who that is."""
        used = self._preferences.current.used_regions
        kept = tuple(dict.fromkeys((region, *used)))[:_USED_REGIONS]
        self._preferences.change(
            aws=ON,
            aws_profile=profile.strip(),
            aws_region=region.strip(),
            used_regions=tuple(each for each in kept if each),
        )
        return self._ask_anew()

    def disconnect(self) -> None:
        """Ask AWS no more; the profile itself stays as it is."""
        self._preferences.change(aws="")
        self._forget_identity()

    def set_practice(self, on: bool) -> Job[Identity | None]:
        """Switch practice on or off; the server starts or stops in the job."""
        self._preferences.change(practice=ON if on else "")
        return self._ask_anew()

    def check(self) -> Job[Identity | None]:
        """Look again who is there."""
        return self._ask_anew()

    def resume(self) -> None:
        """Take up what was chosen when the program was closed; asks in a job."""
        if self._state.connected:
            self._ask_anew()

    def sign_in(self) -> Job[Identity | None]:
        """Sign the profile in with the browser, then look who is there.

        What the command says comes as `SignInSaid`. The job fails with what
        `AwsAccess.sign_in` raises.
        """
        connection = self.connection()

        def work(context: JobContext) -> Identity | None:
            self._aws.sign_in(connection, self._say, context.stop)
            return self._probe(self._next())

        return self._jobs.submit(JobKind.OTHER, "AWS", work)

    def close(self) -> None:
        """Stop the practice server."""
        with self._starting:
            self._practice_at = ""
            self._server.close()

    def _say(self, text: str) -> None:
        self._events.publish(SignInSaid(text))

    def _ask_anew(self) -> Job[Identity | None]:
        number = self._forget_identity()

        def work(context: JobContext) -> Identity | None:
            del context
            return self._probe(number)

        return self._jobs.submit(JobKind.PROBE, "AWS", work)

    def _next(self) -> int:
        with self._lock:
            self._asked += 1
            return self._asked

    def _forget_identity(self) -> int:
        number = self._next()
        self._take_over(self._preferences.current)
        return number

    def _take_over(self, current: Preferences) -> None:
        practice = current.practice == ON
        connected = practice or current.aws == ON
        self._show(
            AwsState(connected, practice, checking=connected and self._asked > 0)
        )

    def _show(self, state: AwsState) -> None:
        with self._lock:
            if state == self._state:
                return
            self._state = state
        self._events.publish(IdentityChanged(state))

    def _probe(self, number: int) -> Identity | None:
        """Start or stop practice, and ask who is there; an older question is mute."""
        try:
            connection = self._ready()
        except WorkbenchError as error:
            if number == self._asked:
                self._show(
                    dataclasses.replace(self._state, checking=False, problem=error.code)
                )
            raise
        if connection is None:
            return None
        identity = self._aws.identity(connection)
        if number == self._asked:
            self._show(
                dataclasses.replace(self._state, checking=False, identity=identity)
            )
        return identity

    def _ready(self) -> AwsConnection | None:
        if not self.is_practice and self._practice_at:
            self.close()
        try:
            return self.current()
        except InputError as error:
            # Switched off between the two looks.
            raise CancelledError from error


def _practice_off() -> InputError:
    return InputError(
        "practice.off",
        "This is a practice model, and Practice is off. Switch it on in Settings.",
    )
