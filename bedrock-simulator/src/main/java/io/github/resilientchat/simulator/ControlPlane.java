package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of Bedrock's control plane tells about inference profiles and models. Reads only. */
final class ControlPlane {

  private static final Pattern PATH =
      Pattern.compile("/(inference-profiles|foundation-models)(?:/([^/]+))?");
  private static final int LONGEST_PAGE = 1_000;
  private static final String SINCE = "2025-01-01T00:00:00Z";

  private final Bedrock bedrock;

  ControlPlane(Bedrock bedrock) {
    this.bedrock = bedrock;
  }

  static boolean isMeant(HttpServerRequest request) {
    return request.method() == HttpMethod.GET && PATH.matcher(request.path()).matches();
  }

  void handle(HttpServerRequest request) {
    try {
      send(request, 200, answer(request));
    } catch (Refused refused) {
      ApiError error = refused.error();
      request.response().putHeader("x-amzn-ErrorType", error.type());
      send(request, error.status(), Json.object().put("message", error.message()));
    }
  }

  private JsonNode answer(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    Caller caller =
        bedrock.callers().require(authorization, request.getHeader("X-Amz-Security-Token"));
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      throw new Refused(notFound());
    }
    String id = path.group(2);
    boolean profiles = path.group(1).equals("inference-profiles");
    bedrock
        .callers()
        .requireAllowed(
            authorization,
            profiles ? "bedrock:ListInferenceProfiles" : "bedrock:GetFoundationModel",
            "*");
    List<KnownProfile> known =
        bedrock.catalogue().profiles(caller.region(), bedrock.callers().accountId(authorization));
    if (!profiles) {
      return model(decoded(id), caller.region());
    }
    return id == null ? page(request, known) : profile(decoded(id), known);
  }

  private static JsonNode page(HttpServerRequest request, List<KnownProfile> known) {
    boolean application = "APPLICATION".equals(request.getParam("type"));
    List<KnownProfile> chosen =
        known.stream().filter(profile -> profile.application() == application).toList();
    int from = number(request.getParam("nextToken"), 0, Integer.MAX_VALUE);
    int size = number(request.getParam("maxResults"), 100, LONGEST_PAGE);
    int to = Math.min(chosen.size(), from + size);
    ObjectNode page = Json.object();
    ArrayNode summaries = page.putArray("inferenceProfileSummaries");
    chosen.subList(Math.min(from, to), to).forEach(profile -> summaries.add(json(profile)));
    if (to < chosen.size()) {
      page.put("nextToken", Integer.toString(to));
    }
    return page;
  }

  private static int number(@Nullable String text, int otherwise, int most) {
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
      throw new Refused(ApiError.validation("a number is out of range: " + text));
    }
    return Integer.parseInt(text);
  }

  private static JsonNode profile(String id, List<KnownProfile> known) {
    return known.stream()
        .filter(profile -> profile.id().equals(id) || profile.arn().equals(id))
        .findFirst()
        .map(ControlPlane::json)
        .orElseThrow(() -> new Refused(notFound()));
  }

  private static JsonNode json(KnownProfile profile) {
    ObjectNode json =
        Json.object()
            .put("inferenceProfileName", profile.id())
            .put("inferenceProfileId", profile.id())
            .put("inferenceProfileArn", profile.arn())
            .put("createdAt", SINCE)
            .put("updatedAt", SINCE)
            .put("status", "ACTIVE")
            .put("type", profile.application() ? "APPLICATION" : "SYSTEM_DEFINED");
    ArrayNode models = json.putArray("models");
    profile.modelArns().forEach(arn -> models.addObject().put("modelArn", arn));
    return json;
  }

  private JsonNode model(String id, String region) {
    Model model = bedrock.catalogue().model(id).orElseThrow(() -> new Refused(notFound()));
    Lifecycle lifecycle = bedrock.catalogue().lifecycle(id);
    ObjectNode details =
        Json.object()
            .put("modelId", model.id())
            .put("modelArn", "arn:aws:bedrock:" + region + "::foundation-model/" + model.id())
            .put("modelName", model.id())
            .put("providerName", model.id().substring(0, model.id().indexOf('.')))
            .put("responseStreamingSupported", true);
    details
        .putArray("inferenceTypesSupported")
        .add(model.onDemand() ? "ON_DEMAND" : "INFERENCE_PROFILE");
    ObjectNode life = details.putObject("modelLifecycle");
    life.put("status", lifecycle.legacy() ? "LEGACY" : "ACTIVE");
    if (lifecycle.ends() != null) {
      life.put("endOfLifeTime", lifecycle.ends().toString());
    }
    return Json.object().set("modelDetails", details);
  }

  private static ApiError notFound() {
    return ApiError.of(
        404, "ResourceNotFoundException", "The provided model or profile identifier is invalid.");
  }

  private static String decoded(@Nullable String label) {
    try {
      return URLDecoder.decode(String.valueOf(label).replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      throw new Refused(notFound());
    }
  }

  private static void send(HttpServerRequest request, int status, JsonNode json) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("x-amzn-RequestId", UUID.randomUUID().toString())
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(Json.bytes(json)));
  }
}
