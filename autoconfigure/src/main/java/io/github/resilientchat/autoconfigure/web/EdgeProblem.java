package io.github.resilientchat.autoconfigure.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer to a request whose call failed, in the terms of RFC 9457. Nothing of a prompt, an
 * answer or a caller is in it.
 *
 * @param status of the response
 * @param type a URI that says what kind of problem it is
 * @param title the kind, for people
 * @param detail this one, for people
 * @param members more of it, for programs: texts, numbers, and lists of texts
 * @param headers of the response
 */
public record EdgeProblem(
    int status,
    String type,
    String title,
    String detail,
    Map<String, Object> members,
    Map<String, String> headers) {

  /** The media type of its JSON. */
  public static final String JSON_TYPE = "application/problem+json";

  public EdgeProblem {
    members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
    headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The problem as JSON, on one line. */
  public String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", type);
    all.put("title", title);
    all.put("status", status);
    all.put("detail", detail);
    all.putAll(members);
    return JsonText.of(all);
  }

  /** The problem as the last event of a stream. */
  public String event() {
    return "event:error\ndata:" + json() + "\n\n";
  }
}
