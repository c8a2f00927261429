package io.github.resilientchat.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All faults. */
final class Rows {

  private static final int STREAMS_OF_A_CONNECTION = 20;
  private static final long OF_LARGE_BODIES = 2000;
  // The plain models alone would make two hundred handshakes a second of it.
  private static final long OF_HANDSHAKES = 660;

  private Rows() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(connections());
    rows.addAll(pages());
    rows.addAll(answers());
    rows.addAll(processes());
    rows.addAll(twoOfThree());
    return rows;
  }

  /** No fault at all. */
  static Row healthy() {
    return wire("healthy", Manner.PASS);
  }

  static Row named(List<Row> rows, String name) {
    return rows.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no row '" + name + "'; there are: " + rows.stream().map(Row::name).toList()));
  }

  private static List<Row> connections() {
    return List.of(
        wire("reset", Manner.RESET),
        wire("refuse", Manner.REFUSE),
        wire("black-hole", Manner.BLACK_HOLE),
        wire("half-open", Manner.HALF_OPEN),
        wire("drip", Manner.DRIP),
        wire("truncate", Manner.TRUNCATE),
        wire("flip-bytes", Manner.FLIP),
        wire("late-4s", Manner.LATE),
        wire("lost-once-under-20", Manner.LOSE_ONCE)
            .underBurst(STREAMS_OF_A_CONNECTION)
            .whichIsOverAtOnce(),
        wire("lost-every-2s", Manner.LOSE),
        wire("flapping", Manner.FLAP),
        Row.of(
                "bad-certificate",
                site -> new Wire(site.simulator(), Manner.BAD_CERTIFICATE, Secrecy.ofThisMachine()))
            .every(OF_HANDSHAKES),
        Row.of(
            "no-such-name", site -> new Wire(site.simulator(), Manner.REFUSE, Secrecy.ofName())));
  }

  private static List<Row> pages() {
    return Stream.of(400, 403, 404, 429, 500, 502, 503, 504)
        .map(status -> reply("html-" + status, Reply.html(status)))
        .toList();
  }

  private static List<Row> answers() {
    return List.of(
        reply(
                "code-403",
                Reply.error(403, "AccessDeniedException", "You don't have access to the model."))
            .namingConfiguration(),
        reply(
                "code-404",
                Reply.error(404, "ResourceNotFoundException", "Could not resolve the model."))
            .namingConfiguration(),
        reply("empty-object", Reply.body("{}")),
        reply("empty-body", Reply.body("")),
        reply("wrong-shape", Reply.body("{\"output\":{\"message\":\"no\"},\"usage\":[]}")),
        reply("broken-json", Reply.body("{\"output\":{\"message\":{\"role\":")),
        Row.of(
            "wrong-frames",
            site -> new Impostor(site.account(), Reply.wrongFrames(site.account()))),
        reply("garbage", Reply.garbage()),
        reply("redirect", Reply.redirect()),
        Row.of(
            "60kb-header", site -> new Impostor(site.account(), Reply.hugeHeader(site.account()))),
        reply("goaway", Reply.goAway()),
        reply("50mb-body", Reply.large()).every(OF_LARGE_BODIES).runningAlone());
  }

  private static List<Row> processes() {
    return List.of(
        Row.ofProcess("sigstop", Row.Process.HALTED), Row.ofProcess("kill", Row.Process.KILLED));
  }

  private static List<Row> twoOfThree() {
    return List.of(
        Row.of(
            "two-hang-and-503", Breakage.wire(Manner.BLACK_HOLE), Breakage.reply(Reply.html(503))),
        Row.of(
            "two-refuse-and-empty-object",
            Breakage.wire(Manner.REFUSE),
            Breakage.reply(Reply.body("{}"))),
        Row.of(
            "two-half-open-and-late", Breakage.wire(Manner.HALF_OPEN), Breakage.wire(Manner.LATE)));
  }

  private static Row wire(String name, Manner manner) {
    return Row.of(name, Breakage.wire(manner));
  }

  private static Row reply(String name, Reply reply) {
    return Row.of(name, Breakage.reply(reply));
  }
}
