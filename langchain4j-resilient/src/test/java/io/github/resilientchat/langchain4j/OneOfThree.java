package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What a machine that stands still for seconds can make untrue, and nothing can make true: one time
 * of three is enough, and what is broken is broken all three times.
 */
final class OneOfThree {

  private OneOfThree() {}

  /** Every try is to begin anew, with nothing that an earlier one has used up. */
  static void holds(ThrowingCallable statement) throws Throwable {
    List<Throwable> broken = new ArrayList<>();
    while (broken.size() < 3) {
      Throwable failure = catchThrowable(statement);
      if (failure == null) {
        return;
      }
      broken.add(failure);
    }
    Throwable last = broken.remove(2);
    broken.forEach(last::addSuppressed);
    throw last;
  }
}
