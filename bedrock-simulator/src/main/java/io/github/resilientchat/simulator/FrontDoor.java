package io.github.resilientchat.simulator;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Routes requests by their raw path, since a model id is one label with encoded slashes. */
final class FrontDoor implements Handler<HttpServerRequest> {

  private static final Pattern CONVERSE = Pattern.compile("/model/([^/]+)/converse(-stream)?");

  private final Vertx vertx;
  private final Bedrock bedrock;

  FrontDoor(Vertx vertx, Bedrock bedrock) {
    this.vertx = vertx;
    this.bedrock = bedrock;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Matcher converse = CONVERSE.matcher(request.path());
    Exchange exchange = new Exchange(vertx, request, bedrock.log());
    if (converse.matches() && request.method() == HttpMethod.POST) {
      boolean streaming = converse.group(2) != null;
      ConverseExchange call =
          new ConverseExchange(bedrock, exchange, decoded(converse.group(1)), streaming);
      request.bodyHandler(body -> call.run(body.getBytes()));
    } else {
      exchange.send(ApiError.of(404, "UnknownOperationException", "No such operation."));
    }
  }

  private static String decoded(String label) {
    // URLDecoder is for forms and would turn a plus into a space.
    return URLDecoder.decode(label.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
