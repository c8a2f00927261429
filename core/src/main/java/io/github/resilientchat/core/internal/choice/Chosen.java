package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.gate.Outcome;
import io.github.resilientchat.core.internal.gate.Permit;
import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a choice.
 *
 * @param place the target that let in, or null when none did
 * @param skipped targets that refused before it
 * @param waitNanos nanoseconds until the first of those that refused may let in; negative when
 *     nobody knows
 * @param mayAskSoon whether nothing but health refused, which a few calls a second may overrule
 */
public record Chosen(
    @Nullable Place place, List<SkippedTarget> skipped, long waitNanos, boolean mayAskSoon) {

  /**
   * A target whose gates were entered.
   *
   * @param permits what was entered, each to be released once
   */
  public record Place(Target target, int tier, TargetStats stats, Permit[] permits) {

    /** Tells every gate; one that throws keeps no other from hearing. */
    public void release(Outcome outcome) {
      for (Permit permit : permits) {
        if (permit != Permit.FREE) {
          try {
            permit.release(outcome);
          } catch (Throwable fault) {
            Foreign.log(permit.getClass().getName(), fault);
          }
        }
      }
    }

    /** Tells every gate that the first content is here. */
    public void working() {
      for (Permit permit : permits) {
        if (permit != Permit.FREE) {
          try {
            permit.working();
          } catch (Throwable fault) {
            Foreign.log(permit.getClass().getName(), fault);
          }
        }
      }
    }
  }
}
