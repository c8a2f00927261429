package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The HTTP surface under {@code /_simulator/} through which a simulator that runs alone is led. */
final class AdminApi {

  static final String PREFIX = "/_simulator/";

  /** What an operation does; a scenario has no request. */
  private interface Handler {
    JsonNode apply(@Nullable HttpServerRequest request, byte[] body);
  }

  private static final int DEFAULT_LOG_LIMIT = 100;
  private static final Set<String> QUOTA_FIELDS =
      Set.of("kind", "limit", "account", "region", "model", "family");

  private final Bedrock bedrock;
  private final Map<String, Handler> operations;

  AdminApi(Bedrock bedrock) {
    this.bedrock = bedrock;
    this.operations = new TreeMap<>();
    operations.put("GET state", (request, body) -> state());
    operations.put("GET log", (request, body) -> log(request));
    operations.put("GET cloudtrail", (request, body) -> trail(request));
    operations.put("DELETE log", (request, body) -> done(bedrock.log()::clear));
    operations.put("POST faults", (request, body) -> addFaults(body));
    operations.put("DELETE faults", (request, body) -> done(bedrock.faults()::clear));
    operations.put("PUT quotas", (request, body) -> setQuotas(body));
    operations.put("POST reset", (request, body) -> done(bedrock::reset));
    each("PUT clamps", ConditionsJson::accounts, bedrock.conditions()::clamp);
    each("DELETE clamps", ConditionsJson::accounts, bedrock.conditions()::release);
    each(
        "PUT denials",
        ConditionsJson::denials,
        pair -> bedrock.conditions().deny(pair.get(0), pair.get(1)));
    each(
        "DELETE denials",
        ConditionsJson::denials,
        pair -> bedrock.conditions().allow(pair.get(0), pair.get(1)));
    each("PUT capacities", ConditionsJson::capacities, bedrock.conditions()::set);
    each("PUT revocations", ConditionsJson::roles, bedrock.roles()::revoke);
    each("DELETE revocations", ConditionsJson::roles, bedrock.roles()::restore);
    operations.put(
        "PUT guardrails",
        (request, body) -> done(() -> ConditionsJson.guardrails(body, bedrock.guardrails())));
  }

  /** An operation that does one thing for each object of its body. */
  private <T> void each(String name, Function<byte[], List<T>> read, Consumer<T> action) {
    operations.put(
        name,
        (request, body) -> {
          List<T> all = read.apply(body);
          all.forEach(action);
          return message("done " + all.size());
        });
  }

  /** Throws {@link IllegalArgumentException} when there is no such operation. */
  void requireKnown(String operation) {
    if (!operations.containsKey(operation)) {
      throw new IllegalArgumentException(unknown(operation));
    }
  }

  /** Runs an operation that needs no parameters. */
  void run(String operation, byte[] body) {
    requireKnown(operation);
    Objects.requireNonNull(operations.get(operation)).apply(null, body);
  }

  private String unknown(String operation) {
    return "no operation '%s'; there are: %s"
        .formatted(operation, String.join(", ", operations.keySet()));
  }

  void handle(HttpServerRequest request) {
    String operation = request.method() + " " + request.path().substring(PREFIX.length());
    var handler = operations.get(operation);
    if (!LocalCallers.isOne(request)) {
      send(request, 403, message("only pages and programs of this machine lead the simulator"));
      return;
    }
    if (handler == null) {
      send(request, 404, message(unknown(operation)));
      return;
    }
    Bodies.collect(
        request,
        bedrock.settings().bounds().body(),
        body -> {
          try {
            send(request, 200, handler.apply(request, body));
          } catch (IllegalArgumentException | ArithmeticException e) {
            send(request, 400, message(String.valueOf(e.getMessage())));
          }
        },
        () -> send(request, 413, message("the body is too large")));
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

  private JsonNode log(@Nullable HttpServerRequest request) {
    ArrayNode log = Json.MAPPER.createArrayNode();
    chosen(request).forEach(entry -> log.add(InvocationJson.write(entry)));
    return log;
  }

  private JsonNode trail(@Nullable HttpServerRequest request) {
    ObjectNode trail = Json.object();
    ArrayNode records = trail.putArray("Records");
    chosen(request).forEach(entry -> records.add(InvocationJson.trail(entry)));
    return trail;
  }

  private List<Invocation> chosen(@Nullable HttpServerRequest request) {
    String account = request == null ? null : request.getParam("account");
    List<Invocation> chosen =
        bedrock.log().list().stream()
            .filter(invocation -> account == null || account.equals(invocation.account()))
            .toList();
    String limit = request == null ? "" : request.getParam("limit", "");
    return chosen.subList(Math.max(0, chosen.size() - limit(limit)), chosen.size());
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
