package io.github.resilientchat.transparency;

import io.github.resilientchat.transparency.Difference.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** All differences that are meant. */
final class Differences {

  private static final Pattern ROUTING =
      Pattern.compile(
          "(?s)(.*error|thrown) : io\\.github\\.resilientchat\\.core\\.report\\."
              + "(NoTargetAvailable|StreamInterrupted)Exception: .*");

  /** All that is seen of such a call: nothing is sent, and no listener hears of it. */
  private static final Pattern NO_ROUTE =
      Pattern.compile(
          "(thrown|told error) : io\\.github\\.resilientchat\\.core\\.report\\.UnknownRouteException:"
              + " unknown route '"
              + Pattern.quote(Way.MODEL)
              + "': a request's model name selects a route, and the routes are"
              + " \\[(default|chat)]");

  static final List<Difference> ALL =
      List.of(
          new Difference("A model's name is a route", Differences::routes),
          new Difference("Answers say who served them", Differences::stamps),
          new Difference("Failures of targets come with an account", Differences::accounts),
          new Difference("Refused credentials are tried once more", Differences::corrected),
          new Difference("A failure is told once", Differences::once),
          new Difference("A stream that was cut is a failure", Differences::cut),
          new Difference("An answer with a new stop reason is an answer", Differences::reasons),
          new Difference("Listeners hear of refusals", Differences::refusals),
          new Difference("Targets' own listeners hear nothing of handlers", Differences::handlers),
          new Difference(
              "A provider's parameters over ours lose what only it knows", Differences::parameters),
          new Difference("A stream is refused when it is subscribed to", Differences::subscribed));

  private Differences() {}

  private static List<String> without(List<String> lines, Predicate<String> these) {
    return lines.stream().filter(these.negate()).toList();
  }

  private static boolean any(List<String> lines, String part) {
    return lines.stream().anyMatch(line -> line.contains(part));
  }

  private static List<String> routes(List<String> ours, Plain plain) {
    if (ours.size() == 1 && NO_ROUTE.matcher(ours.get(0)).matches()) {
      return any(plain.lines(), "error : ") ? ours : plain.lines();
    }
    return ours.stream()
        .map(
            line ->
                line.startsWith("listener request")
                    ? line.replace(" for default of ", " for " + Way.MODEL + " of ")
                    : line)
        .toList();
  }

  private static List<String> stamps(List<String> ours, Plain plain) {
    boolean named = plain.lines().contains("answer model : ");
    return without(ours, line -> line.matches("\\S+ (attribute|metadata|note) resilient\\..*"))
        .stream()
        .map(line -> named && line.equals("answer model : " + Way.MODEL) ? "answer model : " : line)
        .toList();
  }

  /** The account is the outermost exception; what the plain model throws is its cause. */
  private static List<String> accounts(List<String> ours, Plain plain) {
    List<String> bare = new ArrayList<>();
    boolean cause = false;
    for (String line : ours) {
      if (ROUTING.matcher(line).matches()) {
        cause = true;
      } else {
        bare.add(cause ? line.replaceFirst(" by : ", " : ") : line);
        cause = false;
      }
    }
    return bare;
  }

  /** The same request a second time, and the error of that one. */
  private static List<String> corrected(List<String> ours, Plain plain) {
    boolean refused =
        plain.lines().stream().anyMatch(line -> CREDENTIALS.matcher(line).find())
            && any(plain.lines(), "Request ID: req-1)")
            && !any(plain.lines(), "Request ID: req-2)");
    if (!refused) {
      return ours;
    }
    List<String> once = new ArrayList<>();
    for (String line : ours) {
      boolean repeated = line.startsWith("request ") || line.startsWith("target's-listener ");
      String first = line.replace("Request ID: req-2)", "Request ID: req-1)");
      if (!repeated || !once.contains(first)) {
        once.add(first);
      }
    }
    return once;
  }

  private static final Pattern CREDENTIALS =
      Pattern.compile("no (ExpiredToken|UnrecognizedClient)Exception \\(");

  /** LangChain4j's model tells a failure in a stream twice, in two words. */
  private static List<String> once(List<String> ours, Plain plain) {
    List<String> twice = ours;
    for (String who : List.of("listener", "target's-listener", "told")) {
      List<String> mine = errorsTold(ours, who);
      List<String> theirs = errorsTold(plain.lines(), who);
      if (!mine.isEmpty() && theirs.size() > mine.size() && theirs.containsAll(mine)) {
        twice = replaced(twice, mine, theirs);
      }
    }
    return twice;
  }

  private static List<String> errorsTold(List<String> lines, String who) {
    return lines.stream().filter(line -> line.startsWith(who + " error")).toList();
  }

  private static List<String> replaced(List<String> lines, List<String> some, List<String> by) {
    List<String> result = new ArrayList<>(lines);
    int at = result.indexOf(some.get(0));
    result.removeAll(some);
    result.addAll(at, by);
    return result;
  }

  /** LangChain4j's model never tells the end of such a stream, Spring AI's takes it for whole. */
  private static List<String> cut(List<String> ours, Plain plain) {
    String end =
        plain.lines().contains("told nothing : more") ? "told nothing : more" : "told : complete";
    return ours.stream()
        .map(line -> line.equals("told error : " + TRUNCATED) ? end : line)
        .filter(line -> !line.endsWith("listener error : " + TRUNCATED))
        .toList();
  }

  private static final String TRUNCATED =
      "io.github.resilientchat.core.failure.AttemptFailedException: "
          + "the stream ended without a finish reason";

  /**
   * LangChain4j refuses an answer whose reason it does not know, after it was paid for. Ours is as
   * if the reason were one that it does know; the target's own listeners hear of the refusal first.
   */
  private static List<String> reasons(List<String> ours, Plain plain) {
    boolean unknown = any(plain.lines(), "IllegalArgumentException: Unknown stop reason");
    return unknown && withoutRefusal(ours).equals(plain.likened()) ? plain.lines() : ours;
  }

  private static List<String> withoutRefusal(List<String> lines) {
    List<String> rest = new ArrayList<>(lines);
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i - 1).startsWith("target's-listener request")
          && lines.get(i).startsWith("target's-listener error" + REFUSAL)) {
        rest.subList(i - 1, i + 1).clear();
        return rest;
      }
    }
    return rest;
  }

  private static final String REFUSAL =
      " : java.lang.IllegalArgumentException: Unknown stop reason: ";

  /** What was thrown, and nothing else. */
  private static List<String> refusals(List<String> ours, Plain plain) {
    return errorsTold(plain.lines(), "listener").isEmpty()
        ? without(
            ours,
            line ->
                line.startsWith("listener error")
                    && plain.lines().contains(line.replace("listener error", "thrown")))
        : ours;
  }

  private static List<String> handlers(List<String> ours, Plain plain) {
    String thrown = "target's-listener error : java.lang.IllegalStateException: of the handler";
    if (any(ours, thrown)) {
      return ours;
    }
    List<String> more = new ArrayList<>();
    for (String line : ours) {
      more.add(line);
      if (line.startsWith("target's-listener request")) {
        plain.lines().stream().filter(thrown::equals).forEach(more::add);
      }
    }
    return more;
  }

  /** Which model refuses a prompt is known when a target was chosen. */
  private static List<String> subscribed(List<String> ours, Plain plain) {
    return any(plain.lines(), "thrown : ")
        ? ours.stream()
            .map(line -> line.replaceFirst("^told error( by)? : ", "thrown$1 : "))
            .toList()
        : ours;
  }

  private static List<String> parameters(List<String> ours, Plain plain) {
    return ours.stream()
        .map(
            line ->
                line.startsWith("request body")
                    ? line.replace(
                        "additionalModelRequestFields\":{\"own\":1}",
                        "additionalModelRequestFields\":{\"asked\":2,\"own\":1}")
                    : line)
        .toList();
  }
}
