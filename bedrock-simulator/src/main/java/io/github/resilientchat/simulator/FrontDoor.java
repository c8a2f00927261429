package io.github.resilientchat.simulator;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Routes requests by their raw path, since a model id is one label with encoded slashes. */
final class FrontDoor implements Handler<HttpServerRequest> {

  private static final Pattern CONVERSE = Pattern.compile("/model/([^/]+)/converse(-stream)?");

  private final Vertx vertx;
  private final Bedrock bedrock;
  private final AdminApi admin;
  private final SecurityTokens tokens;
  private final ControlPlane control;

  FrontDoor(Vertx vertx, Bedrock bedrock) {
    this.vertx = vertx;
    this.bedrock = bedrock;
    this.admin = new AdminApi(bedrock);
    this.tokens = new SecurityTokens(bedrock);
    this.control = new ControlPlane(bedrock);
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (request.path().startsWith(AdminApi.PREFIX)) {
      admin.handle(request);
      return;
    }
    if (SecurityTokens.isMeant(request)) {
      tokens.handle(request);
      return;
    }
    if (ControlPlane.isMeant(request)) {
      control.handle(request);
      return;
    }
    Exchange exchange = new Exchange(vertx, request, bedrock.log());
    Matcher converse = CONVERSE.matcher(request.path());
    if (converse.matches() && request.method() == HttpMethod.POST) {
      decoded(converse.group(1))
          .ifPresentOrElse(
              modelId -> converse(exchange, modelId, converse.group(2) != null),
              () -> exchange.send(ApiError.invalidModel()));
    } else {
      exchange.send(ApiError.of(404, "UnknownOperationException", "No such operation."));
    }
  }

  private void converse(Exchange exchange, String modelId, boolean streaming) {
    ConverseExchange call = new ConverseExchange(bedrock, exchange, modelId, streaming);
    exchange.onBody(call::run);
  }

  private static Optional<String> decoded(String label) {
    try {
      // URLDecoder is for forms and would turn a plus into a space.
      return Optional.of(URLDecoder.decode(label.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException badEscape) {
      return Optional.empty();
    }
  }
}
