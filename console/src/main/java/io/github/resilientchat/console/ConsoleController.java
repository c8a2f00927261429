package io.github.resilientchat.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the page, on Spring MVC and on WebFlux: what it answers is bytes, which both write as they
 * are. Nothing is told to whom the door does not open, not even that there is something.
 */
@RestController
@RequestMapping("#{@resilientConsolePath.base()}/resilient-console")
final class ConsoleController {

  /** A page elsewhere can neither read the proof nor send a header of this name unasked. */
  static final String PROOF = "Resilient-Console";

  private static final String RULES =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final MediaType UTF_8_HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
  private static final MediaType SCRIPT =
      new MediaType("text", "javascript", StandardCharsets.UTF_8);
  private static final MediaType STYLE = new MediaType("text", "css", StandardCharsets.UTF_8);
  private static final MediaType EVENTS =
      new MediaType("text", "event-stream", StandardCharsets.UTF_8);

  private final Console console;

  ConsoleController(Console console) {
    this.console = console;
  }

  @GetMapping
  ResponseEntity<byte[]> page(
      @Nullable Principal principal,
      @RequestHeader(name = HttpHeaders.HOST, required = false) @Nullable String host) {
    return guarded(
        principal,
        host,
        () ->
            answer(
                HttpStatus.OK,
                UTF_8_HTML,
                resource("console.html").replace("{{proof}}", console.proof())));
  }

  @GetMapping("/console.js")
  ResponseEntity<byte[]> script(
      @Nullable Principal principal,
      @RequestHeader(name = HttpHeaders.HOST, required = false) @Nullable String host) {
    return guarded(principal, host, () -> answer(HttpStatus.OK, SCRIPT, resource("console.js")));
  }

  @GetMapping("/console.css")
  ResponseEntity<byte[]> style(
      @Nullable Principal principal,
      @RequestHeader(name = HttpHeaders.HOST, required = false) @Nullable String host) {
    return guarded(principal, host, () -> answer(HttpStatus.OK, STYLE, resource("console.css")));
  }

  @GetMapping("/events")
  ResponseEntity<byte[]> events(
      @Nullable Principal principal,
      @RequestHeader(name = HttpHeaders.HOST, required = false) @Nullable String host,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      @RequestParam(name = "viewer", defaultValue = "") String viewer) {
    return guarded(
        principal,
        host,
        () -> {
          if (!viewer.matches("[0-9a-f]{8,64}")) {
            return refused("a viewer is 8 to 64 hexadecimal digits");
          }
          @Nullable String events = console.events(viewer, number(last));
          return events == null
              ? answer(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  MediaType.TEXT_PLAIN,
                  Viewers.MOST + " look already")
              : answer(HttpStatus.OK, EVENTS, events);
        });
  }

  /** What is in force over each route, and which properties say so. */
  @GetMapping("/settings")
  ResponseEntity<byte[]> settings(
      @Nullable Principal principal,
      @RequestHeader(name = HttpHeaders.HOST, required = false) @Nullable String host) {
    return guarded(
        principal,
        host,
        () -> answer(HttpStatus.OK, MediaType.APPLICATION_JSON, console.settings()));
  }

  private static long number(@Nullable String last) {
    return last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) : 0;
  }

  @PostMapping("/change")
  ResponseEntity<byte[]> change(
      @Nullable Principal principal,
      @RequestHeader(name = HttpHeaders.HOST, required = false) @Nullable String host,
      @RequestHeader(name = PROOF, required = false) @Nullable String proof,
      @RequestParam Map<String, String> said) {
    return written(principal, host, proof, by -> console.change(said, by));
  }

  @PostMapping("/simulator")
  ResponseEntity<byte[]> simulate(
      @Nullable Principal principal,
      @RequestHeader(name = HttpHeaders.HOST, required = false) @Nullable String host,
      @RequestHeader(name = PROOF, required = false) @Nullable String proof,
      @RequestParam Map<String, String> said) {
    return written(principal, host, proof, by -> console.simulate(said, by));
  }

  /** Does something for somebody; says what came of it. */
  private interface Writing {
    String by(String name);
  }

  private ResponseEntity<byte[]> written(
      @Nullable Principal principal,
      @Nullable String host,
      @Nullable String proof,
      Writing writing) {
    return guarded(
        principal,
        host,
        () -> {
          if (!console.isProof(proof)) {
            return answer(HttpStatus.FORBIDDEN, MediaType.TEXT_PLAIN, "not from this page");
          }
          try {
            String name = principal == null ? "anonymous" : principal.getName();
            return answer(HttpStatus.OK, MediaType.APPLICATION_JSON, writing.by(name));
          } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
          }
        });
  }

  private static ResponseEntity<byte[]> refused(String why) {
    return answer(HttpStatus.BAD_REQUEST, MediaType.TEXT_PLAIN, why);
  }

  private ResponseEntity<byte[]> guarded(
      @Nullable Principal principal,
      @Nullable String host,
      Supplier<ResponseEntity<byte[]>> answer) {
    return console.opensFor(principal, host)
        ? answer.get()
        : answer(HttpStatus.FORBIDDEN, MediaType.TEXT_PLAIN, "");
  }

  private static ResponseEntity<byte[]> answer(HttpStatus status, MediaType type, String body) {
    return ResponseEntity.status(status)
        .header("Content-Security-Policy", RULES)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(type)
        .body(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String resource(String name) {
    try (InputStream in = ConsoleController.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
