package io.github.resilientchat.benchmarks.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one simulator says about its HTTP exchanges. */
public record Exchanges(URI endpoint) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern OPEN = Pattern.compile("\"openExchanges\"\\s*:\\s*(\\d+)");

  public int open() throws IOException, InterruptedException {
    Matcher found = OPEN.matcher(send("GET", "state"));
    if (!found.find()) {
      throw new IllegalStateException("no openExchanges in the state of " + endpoint);
    }
    return Integer.parseInt(found.group(1));
  }

  /** The log would grow for as long as the soak runs. */
  public void forget() throws IOException, InterruptedException {
    send("DELETE", "log");
  }

  private String send(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve("/_simulator/" + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }
}
