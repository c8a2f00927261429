package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Question;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a call gets in: the quotas of its caller let it go on, turn it away, send it over another
 * route, or have it wait for its turn or for an answer. They are foreign: they are asked under no
 * lock, and one that fails lets nobody in. Whoever waited and does not any more leaves the line.
 */
final class Admittance {

  private Admittance() {}

  /** Asks the quotas; a call that they refuse is made when somebody asks what became of it. */
  static Step begin(RouteState route, ModelCall call, @Nullable String insteadOf, long now) {
    Admission admission;
    try {
      admission = Objects.requireNonNull(route.quotas().admit(call, now), "no admission");
    } catch (Throwable fault) {
      RoutedCall failed = new RoutedCall(route, call, insteadOf, now);
      return failed.step(later -> failed.notAdmitted(fault, later));
    }
    if (admission instanceof Admission.Full full && !route.common().listeners().any()) {
      return new TurnedAway(route, call, insteadOf, full, now);
    }
    RoutedCall made = new RoutedCall(route, call, insteadOf, now);
    return admission instanceof Admission.Asked asked
        ? asked(made, asked.question(), null)
        : decided(made, admission, true, now);
  }

  /** Asks the quotas again, in the call's turn. */
  static Step again(RoutedCall call, Admission.Turn turn) {
    Admission admission;
    try {
      admission = Objects.requireNonNull(turn.again(), "no admission");
    } catch (Throwable fault) {
      return faulty(call, turn, fault);
    }
    if (admission instanceof Admission.Asked asked) {
      return asked(call, asked.question(), turn);
    }
    return decided(call, admission, false, call.now());
  }

  /** There is an answer, or no more time for one. */
  static Step answered(RoutedCall call, Awaiting question) {
    @Nullable Admission admission;
    try {
      admission = question.question().answer();
    } catch (Throwable fault) {
      return faulty(call, question.turn(), fault);
    }
    if (admission == null) {
      drop(question.question(), question.turn());
      return call.step(call::unanswered);
    }
    if (admission instanceof Admission.Asked more) {
      return asked(call, more.question(), question.turn());
    }
    return decided(call, admission, false, call.now());
  }

  private static Step faulty(RoutedCall call, Admission.@Nullable Turn turn, Throwable fault) {
    leave(turn);
    return call.step(later -> call.notAdmitted(fault, later));
  }

  /**
   * @param alone whether nobody else knows of the call yet
   */
  private static Step decided(RoutedCall call, Admission admission, boolean alone, long now) {
    if (admission instanceof Admission.Elsewhere other) {
      return elsewhere(call, other);
    }
    @Nullable String insteadOf = call.insteadOf();
    if (insteadOf != null && isIn(admission)) {
      EdgeRequest.wentOver(call.routeName(), insteadOf, call.call().caller());
    }
    Step step =
        alone ? call.first(admission, now) : call.step(later -> call.admitted(admission, later));
    if (admission instanceof Admission.Later later && !(step instanceof Waiting)) {
      leave(later.turn());
    }
    return step;
  }

  private static boolean isIn(Admission admission) {
    return admission instanceof Admission.Granted || admission == Admission.Unlimited.INSTANCE;
  }

  /** Somebody elsewhere decides: the call goes on when there is an answer. */
  private static Step asked(RoutedCall call, Question question, Admission.@Nullable Turn turn) {
    Step step = call.step(now -> call.asks(question, turn, now));
    if (!(step instanceof Awaiting)) {
      drop(question, turn);
    }
    return step;
  }

  /** Over another route, as a call of that one: its time, its targets, its limits. Once. */
  private static Step elsewhere(RoutedCall call, Admission.Elsewhere to) {
    RouteState route = call.route();
    ModelCall asked = call.call();
    boolean may = call.insteadOf() == null && asked.terms().fallbacks();
    @Nullable LiveRoute other =
        may && !to.route().equals(call.routeName())
            ? route.common().routes().get(to.route())
            : null;
    if (other == null) {
      return call.step(now -> call.admitted(to.why(), now));
    }
    return begin(other.state(), asked, call.routeName(), call.now());
  }

  /** Nobody waits for the answer any more, nor in line. */
  static void drop(Question question, Admission.@Nullable Turn turn) {
    Foreign.run(question.getClass().getName(), question::leave);
    leave(turn);
  }

  static void leave(Admission.@Nullable Turn turn) {
    if (turn != null) {
      Foreign.run(turn.getClass().getName(), turn::leave);
    }
  }
}
