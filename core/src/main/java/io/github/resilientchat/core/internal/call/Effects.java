package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.gate.Outcome;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a transition wants done. Noted under the call's lock; done by the signalling thread after
 * it, each on its own, so that one that throws stops no other.
 */
final class Effects {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.resilientchat.core.Router");

  private @Nullable Try working;
  private @Nullable Ending first;
  private @Nullable List<Ending> more;
  private @Nullable Reservation reservation;
  private Bill bill = Bill.NOTHING;
  private @Nullable CallReport report;

  /**
   * An attempt ended.
   *
   * @param usage what the target said it used, or null
   */
  private record Ending(
      Try attempt, Outcome outcome, AttemptReport report, @Nullable Usage usage, long now) {}

  void works(Try winner) {
    working = winner;
  }

  void ends(Try attempt, Outcome outcome, AttemptReport told, @Nullable Usage usage, long now) {
    Ending ending = new Ending(attempt, outcome, told, usage, now);
    if (first == null) {
      first = ending;
      return;
    }
    if (more == null) {
      more = new ArrayList<>(1);
    }
    more.add(ending);
  }

  /**
   * The call is over.
   *
   * @param held what it reserved, or null
   * @param cost what it used
   */
  void closes(CallReport told, @Nullable Reservation held, Bill cost) {
    report = told;
    reservation = held;
    bill = cost;
  }

  /** Does all of it; throws nothing. */
  void happen(RouteState route) {
    if (working != null) {
      working.place().working();
    }
    if (first != null) {
      end(first, route);
    }
    if (more != null) {
      more.forEach(ending -> end(ending, route));
    }
    if (reservation != null) {
      route.common().commits().settle(reservation, bill, route.common().ticker().nanos());
    }
    tell(route);
  }

  private static void end(Ending ending, RouteState route) {
    Try attempt = ending.attempt();
    attempt.place().release(ending.outcome());
    boolean streaming = attempt.isStreaming();
    @Nullable Consequence then = ending.outcome().then();
    @Nullable Failure failure = ending.report().failure();
    if (then != null && failure != null) {
      attempt.place().stats().failed(streaming, then, ending.now());
      Foreign.run("the engine", () -> route.common().coolDowns().cool(attempt.target(), then));
      log(route, attempt, failure);
    } else if (ending.outcome().ending() == Outcome.Ending.SUCCEEDED) {
      attempt
          .place()
          .stats()
          .answered(
              streaming,
              ending.report().elapsed().toNanos(),
              ending.outcome().elapsedNanos(),
              ending.usage(),
              ending.now());
    } else {
      attempt.place().stats().ended();
    }
  }

  /** Codes only: a provider's message may quote the prompt. */
  private static void log(RouteState route, Try attempt, Failure failure) {
    Foreign.run(
        "the log",
        () -> {
          if (failure.kind().needsAttention()) {
            LOG.warn(
                "route {}: {} ({}) failed: {}{}",
                route.route().name(),
                attempt.target(),
                attempt.target().place(),
                failure,
                failure.advice() == null ? "" : ": " + failure.advice());
          } else {
            LOG.debug("route {}: {} failed: {}", route.route().name(), attempt.target(), failure);
          }
        });
  }

  private void tell(RouteState route) {
    Listeners listeners = route.common().listeners();
    String name = route.route().name();
    if (first != null) {
      listeners.onAttempt(name, first.report());
    }
    if (more != null) {
      more.forEach(ending -> listeners.onAttempt(name, ending.report()));
    }
    if (report != null) {
      listeners.onCall(report);
    }
  }
}
