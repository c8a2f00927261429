package io.github.resilientchat.observation;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RoutingException;
import io.micrometer.observation.Observation;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What is known of a call that is observed. Grows while the call goes on; thread-safe. */
public final class CallObservationContext extends Observation.Context {

  private final String route;
  private volatile @Nullable String caller;
  private volatile CallReport.@Nullable Ending ending;
  private volatile @Nullable String target;
  private volatile @Nullable String attempts;
  private volatile @Nullable String moves;

  public CallObservationContext(String route) {
    this.route = route;
  }

  /** The route's name. */
  public String route() {
    return route;
  }

  /** Whom the call is made for, as {@link CallerIds} says it; null while it is not known. */
  public @Nullable String caller() {
    return caller;
  }

  public void caller(String id) {
    caller = id;
  }

  /** How the call ended; null while it goes on. */
  public CallReport.@Nullable Ending ending() {
    return ending;
  }

  public void ending(CallReport.Ending value) {
    ending = value;
  }

  /** Notes how a call ended that ended with this error. */
  public void failed(Throwable error) {
    if (error instanceof RoutingException routing) {
      ending = routing.report().ending();
    } else {
      ending =
          error instanceof CancellationException
              ? CallReport.Ending.CANCELLED
              : CallReport.Ending.FAILED;
    }
  }

  /** The name of the target that answered; null when none did, or none has yet. */
  public @Nullable String target() {
    return target;
  }

  public void target(String name) {
    target = name;
  }

  /** How many attempts were made; null when nobody counted them. */
  public @Nullable String attempts() {
    return attempts;
  }

  public void attempts(String number) {
    attempts = number;
  }

  /** Why the call moved, in codes; null when it did not. */
  public @Nullable String moves() {
    return moves;
  }

  public void moves(String codes) {
    moves = codes;
  }
}
