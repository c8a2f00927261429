package io.github.resilientchat.transparency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that was seen of one call, a line each: what the service got, what the caller and the
 * listeners were told. Two calls are alike if their transcripts are.
 */
final class Transcript {

  /** Made up anew by LangChain4j for every stream. */
  private static final Pattern RANDOM_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  /** Put into a message by the SDK once it is known, which may be after somebody was told. */
  private static final String TRIES = " (SDK Attempt Count: 1)";

  void add(String what, @Nullable Object value) {
    String said = String.valueOf(value).replace(TRIES, "");
    lines.add(what + " : " + RANDOM_ID.matcher(said).replaceAll("<random>"));
  }

  /** With all its causes; what is suppressed is nobody's contract. */
  void error(String what, Throwable error) {
    add(what, describe(error));
    Throwable cause = error.getCause();
    while (cause != null) {
      add(what + " by", describe(cause));
      cause = cause.getCause();
    }
  }

  private static String describe(Throwable error) {
    return error.getClass().getName() + ": " + error.getMessage();
  }

  void requests(List<RecordingBedrock.Request> requests) {
    requests.forEach(
        request -> {
          add("request to", request.path());
          add("request body", request.body());
        });
  }

  /**
   * Sorted by who was told, in whose order: the service, the caller, listeners, on threads of their
   * own.
   */
  List<String> lines() {
    List<String> sorted = new ArrayList<>(List.of(lines.toArray(String[]::new)));
    sorted.sort(Comparator.comparing(line -> line.substring(0, line.indexOf(' '))));
    return sorted;
  }
}
