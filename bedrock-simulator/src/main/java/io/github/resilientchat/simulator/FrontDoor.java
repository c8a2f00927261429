package io.github.resilientchat.simulator;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Routes requests by their raw path, since a model id is one label with encoded slashes. */
final class FrontDoor implements Handler<HttpServerRequest> {

  private static final Pattern MODEL = Pattern.compile("/model/([^/]+)/([a-z-]+)");
  private static final String COUNT_TOKENS = "count-tokens";

  private final Vertx vertx;
  private final Bedrock bedrock;
  private final AdminApi admin;
  private final SecurityTokens tokens;
  private final ControlPlane control;

  FrontDoor(Vertx vertx, Bedrock bedrock, AdminApi admin) {
    this.vertx = vertx;
    this.bedrock = bedrock;
    this.admin = admin;
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
    Matcher model = MODEL.matcher(request.path());
    if (!model.matches() || request.method() != HttpMethod.POST) {
      exchange.send(unknown());
      return;
    }
    decoded(model.group(1))
        .ifPresentOrElse(
            modelId -> model(exchange, modelId, model.group(2)),
            () -> exchange.send(ApiError.invalidModel()));
  }

  private void model(Exchange exchange, String modelId, String what) {
    if (what.equals(COUNT_TOKENS)) {
      withBody(exchange, new CountTokens(bedrock, exchange, modelId)::run);
      return;
    }
    Optional<Operation> operation = Operation.at(what);
    if (operation.isEmpty()) {
      exchange.send(unknown());
      return;
    }
    withBody(exchange, new ConverseExchange(bedrock, exchange, modelId, operation.get())::run);
  }

  private void withBody(Exchange exchange, Consumer<byte[]> call) {
    if (bedrock.callers().named(exchange.authorization()).isEmpty()) {
      // Nobody's body is kept: any page that a developer visits could send one.
      call.accept(new byte[0]);
    } else {
      exchange.onBody(bedrock.settings().bounds().body(), call);
    }
  }

  private static ApiError unknown() {
    return ApiError.of(404, "UnknownOperationException", "No such operation.");
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
