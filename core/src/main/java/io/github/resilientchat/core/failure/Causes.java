package io.github.resilientchat.core.failure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cause chain of an exception as a list, outermost first, safe against cycles. */
public final class Causes {

  private static final int MAX_DEPTH = 20;

  private Causes() {}

  public static List<Throwable> of(Throwable error) {
    List<Throwable> chain = new ArrayList<>(4);
    @Nullable Throwable cause = error;
    while (cause != null && chain.size() < MAX_DEPTH) {
      chain.add(cause);
      cause = cause.getCause();
    }
    return chain;
  }
}
