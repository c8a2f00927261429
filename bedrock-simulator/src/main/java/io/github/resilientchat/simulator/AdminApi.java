package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The HTTP surface under {@code /_simulator/} through which a simulator that runs alone is led. */
final class AdminApi {

  static final String PREFIX = "/_simulator/";

  private static final int DEFAULT_LOG_LIMIT = 100;
  private static final Set<String> QUOTA_FIELDS =
      Set.of("kind", "limit", "account", "region", "model", "family");

  private final Bedrock bedrock;
  private final Map<String, BiFunction<HttpServerRequest, byte[], JsonNode>> operations;

  AdminApi(Bedrock bedrock) {
    this.bedrock = bedrock;
    this.operations =
        Map.of(
            "GET state", (request, body) -> state(),
            "GET log", (request, body) -> log(request),
            "DELETE log", (request, body) -> done(bedrock.log()::clear),
            "POST faults", (request, body) -> addFaults(body),
            "DELETE faults", (request, body) -> done(bedrock.faults()::clear),
            "PUT quotas", (request, body) -> setQuotas(body),
            "POST reset", (request, body) -> done(bedrock::reset));
  }

  void handle(HttpServerRequest request) {
    String operation = request.method() + " " + request.path().substring(PREFIX.length());
    var handler = operations.get(operation);
    if (handler == null) {
      String known = String.join(", ", new TreeSet<>(operations.keySet()));
      send(request, 404, message("no operation '" + operation + "'; there are: " + known));
      return;
    }
    request.bodyHandler(
        body -> {
          try {
            send(request, 200, handler.apply(request, body.getBytes()));
          } catch (IllegalArgumentException | ArithmeticException e) {
            send(request, 400, message(String.valueOf(e.getMessage())));
          }
        });
  }

  private JsonNode state() {
    ObjectNode state = Json.object();
    Set<String> accounts = new TreeSet<>();
    bedrock.log().list().forEach(invocation -> accounts.add(invocation.account()));
    ArrayNode buckets = Json.MAPPER.createArrayNode();
    bedrock
        .quotas()
        .forEach(
            (key, remaining) -> {
              accounts.add(key.account());
              buckets.add(bucket(key, remaining));
            });
    ArrayNode names = state.putArray("accounts");
    accounts.forEach(names::add);
    state.put("openExchanges", bedrock.log().open());
    ArrayNode faults = state.putArray("faults");
    bedrock.faults().list().forEach(fault -> faults.add(FaultJson.write(fault)));
    state.set("quotas", buckets);
    return state;
  }

  private ObjectNode bucket(BucketKey key, double remaining) {
    ObjectNode json =
        Json.object()
            .put("kind", key.kind().name())
            .put("account", key.account())
            .put("region", key.region());
    Family family = key.family();
    if (family != null) {
      json.put("model", key.model()).put("family", family.name());
    }
    return json.put("limit", bedrock.quotas().limit(key))
        .put("remaining", (long) Math.floor(remaining));
  }

  private JsonNode log(HttpServerRequest request) {
    String account = request.getParam("account");
    List<Invocation> chosen =
        bedrock.log().list().stream()
            .filter(invocation -> account == null || account.equals(invocation.account()))
            .toList();
    int from = Math.max(0, chosen.size() - limit(request.getParam("limit", "")));
    ArrayNode log = Json.MAPPER.createArrayNode();
    chosen.subList(from, chosen.size()).forEach(entry -> log.add(InvocationJson.write(entry)));
    return log;
  }

  private static int limit(String text) {
    if (text.isEmpty()) {
      return DEFAULT_LOG_LIMIT;
    }
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("parameter 'limit' must be a whole number, not " + text);
    }
    return Integer.parseInt(text);
  }

  private JsonNode addFaults(byte[] body) {
    List<Fault> faults = FaultJson.read(body);
    faults.forEach(bedrock.faults()::add);
    return message("added " + faults.size());
  }

  private JsonNode setQuotas(byte[] body) {
    List<Quota> quotas =
        AdminRequest.list(body, QUOTA_FIELDS).stream().map(AdminApi::quota).toList();
    quotas.forEach(bedrock.quotas()::set);
    return message("set " + quotas.size());
  }

  private static Quota quota(AdminRequest json) {
    return new Quota(
        json.constant("kind", Quota.Kind.class),
        json.number("limit"),
        json.optionalText("account"),
        json.optionalText("region"),
        json.optionalText("model"),
        json.has("family") ? json.constant("family", Family.class) : null);
  }

  private static JsonNode done(Runnable action) {
    action.run();
    return message("done");
  }

  private static ObjectNode message(String text) {
    return Json.object().put("message", text);
  }

  private static void send(HttpServerRequest request, int status, JsonNode json) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(Json.bytes(json)).appendString("\n"));
  }
}
