package io.github.resilientchat.transparency.kits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Quota;
import io.github.resilientchat.simulator.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Knows what LangChain4j's test kits ask about: Berlin, the weather in Munich, and Klaus. */
final class Knowing {

  /** A model that refuses everything. */
  static final String REFUSED = "a-model-that-refuses";

  static final ObjectMapper JSON = new ObjectMapper();

  /** Long enough to leave a stream in its midst. */
  private static final Duration SPACING = Duration.ofMillis(5);

  private static final long PLENTY = 1_000_000_000_000L;

  /** What is said to words that are in a request; the first that fits. */
  private static final Map<String, String> SAYINGS = new LinkedHashMap<>();

  /** The tool calls to words that are in a request. */
  private static final Map<String, List<String>> CALLS = new LinkedHashMap<>();

  /** The tool calls that follow results of others. */
  private static final Map<String, List<String>> NEXT_CALLS = new LinkedHashMap<>();

  static {
    SAYINGS.put("I love you", "Ich liebe dich");
    SAYINGS.put("my favorite color", "It is green");
    SAYINGS.put("Say 'Hello World'", "Hello");
    SAYINGS.put("long story about animals", "Once upon a time there were six animals in a wood ");
    SAYINGS.put("capital of Germany", "It is Berlin");
    SAYINGS.put("What do you see", "A cat and a dice");
    CALLS.put(
        "weather in Munich and time in France",
        List.of("getWeather {\"city\":\"Munich\"}", "getTime {\"country\":\"France\"}"));
    CALLS.put("Use 'getWeather' tool", List.of("getWeather {\"arg0\":\"Munich\"}"));
    CALLS.put("weather in Munich", List.of("getWeather {\"city\":\"Munich\"}"));
    CALLS.put("I live in Munich", List.of("getWeather {\"city\":\"Munich\"}"));
    CALLS.put("get_current_time tool", List.of("get_current_time {}"));
    CALLS.put(
        "73 plus 78", List.of("add {\"arg0\":37,\"arg1\":87}", "add {\"arg0\":73,\"arg1\":78}"));
    CALLS.put("37 plus 87", List.of("add {\"arg0\":37,\"arg1\":87}"));
    CALLS.put("First add 2 and 3", List.of("add {\"arg0\":2,\"arg1\":3}"));
    CALLS.put("Now add 47", List.of("add {\"arg0\":124,\"arg1\":47}"));
    CALLS.put(
        "Langley Falls", one("{\"name\":\"Klaus\",\"address\":{\"city\":\"Langley Falls\"}}"));
    CALLS.put(
        "1.78m height and single",
        one("{\"name\":\"Klaus\",\"age\":37,\"height\":1.78,\"married\":false}"));
    CALLS.put(
        "Steve and Hayley",
        one(
            "{\"name\":\"Francine\",\"children\":[{\"name\":\"Steve\",\"children\":[]},"
                + "{\"name\":\"Hayley\",\"children\":[]}]}"));
    CALLS.put("time now", List.of("currentTime {}"));
    CALLS.put("date today", List.of("currentDate {}"));
    CALLS.put(
        "temperature in Munich",
        List.of("currentTemperature {\"arg0\":\"Munich\",\"arg1\":\"CELSIUS\"}"));
    CALLS.put("Francine is 47 years", one("{\"Klaus\":42,\"Francine\":47}"));
    CALLS.put("names: Klaus and Franny", one("[\"Klaus\",\"Franny\"]"));
    CALLS.put("people: Klaus and Franny", one("[{\"name\":\"Klaus\"},{\"name\":\"Franny\"}]"));
    CALLS.put("RED and GREEN", one("[\"RED\",\"GREEN\"]"));
    CALLS.put("37, 73", one("[37,73]"));
    CALLS.put("username with ID", one("\"62dbcc27-aaf3-449a-b12d-5a904271a57f\""));
    CALLS.put("argument '7'", List.of("modify {\"arg0\":7}"));
    CALLS.put("Take a photo", List.of("takePhoto {}"));
    CALLS.put("takePhoto tool", List.of("takePhoto {}"));
    NEXT_CALLS.put("\"text\":\"5\"", List.of("multiply {\"arg0\":5,\"arg1\":4}"));
  }

  private static List<String> one(String argument) {
    return List.of("process {\"arg0\":" + argument + "}");
  }

  private Knowing() {}

  /** A local Bedrock that knows all this, and has room for whoever asks. */
  static BedrockSimulator bedrock() {
    BedrockSimulator bedrock =
        BedrockSimulator.builder()
            .tokenInterval(SPACING)
            .quota(Quota.requestsPerMinute(PLENTY))
            .quota(Quota.tokensPerMinute(PLENTY))
            .quota(Quota.tokensPerDay(PLENTY))
            .start();
    bedrock.model(REFUSED);
    bedrock.fault(Fault.httpError(400, "ValidationException", "no").model(REFUSED));
    bedrock.answer(call -> answer(call.request()));
    return bedrock;
  }

  private static Answer answer(JsonNode json) {
    Answer answer = answer(json, lastWords(json));
    int most = json.path("inferenceConfig").path("maxTokens").asInt(0);
    return most > 0 ? answer.withUsage(Usage.of(10, most)).withStopReason("max_tokens") : answer;
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  private static String lastWords(JsonNode json) {
    JsonNode messages = json.path("messages");
    return messages.path(messages.size() - 1).toString();
  }

  private static Answer answer(JsonNode json, String last) {
    JsonNode schema =
        json.path("outputConfig").path("textFormat").path("structure").path("jsonSchema");
    boolean told = last.contains("toolResult");
    if (!json.path("toolConfig").path("tools").isEmpty()) {
      for (Map.Entry<String, List<String>> known : (told ? NEXT_CALLS : CALLS).entrySet()) {
        if (last.contains(known.getKey())) {
          return called(json, known.getValue());
        }
      }
    }
    if (told && json.toString().contains("answer strictly in the following JSON format")) {
      return Answer.words(List.of("{\"city\":\"Munich\",", "\"weather\":\"SUNNY\"}"));
    }
    if (told) {
      return schema.isMissingNode()
          ? Answer.text(results(last))
          : schema(schema, json.path("messages").toString());
    }
    if (!schema.isMissingNode()) {
      return schema(schema, last);
    }
    return SAYINGS.entrySet().stream()
        .filter(known -> last.contains(known.getKey()) || json.toString().contains(known.getKey()))
        .findFirst()
        .map(known -> Answer.text(known.getValue()))
        .orElseGet(() -> Answer.text("I do not know"));
  }

  /** Under the names that the tools have in this request. */
  private static Answer called(JsonNode json, List<String> calls) {
    List<String> names = new ArrayList<>();
    json.path("toolConfig")
        .path("tools")
        .forEach(offered -> names.add(offered.path("toolSpec").path("name").asText()));
    Answer answer = Answer.text("");
    for (int i = 0; i < calls.size(); i++) {
      String[] call = calls.get(i).split(" ", 2);
      String name = names.contains(call[0]) ? call[0] : names.get(Math.min(i, names.size() - 1));
      answer = answer.andToolUse("t" + i, name, call[1]);
    }
    return answer;
  }

  private static String results(String last) {
    StringBuilder words = new StringBuilder("The tools say ");
    parsed(last)
        .findValues("toolResult")
        .forEach(
            result -> {
              words.append(result.findPath("text").asText()).append(' ');
              words.append(result.findPath("image").isMissingNode() ? "" : "a cat ");
            });
    return words.append("and that is it").toString();
  }

  private static Answer schema(JsonNode schema, String last) {
    String filled = Filling.of(parsed(schema.path("schema").asText()), last);
    int half = filled.length() / 2;
    return Answer.words(List.of(filled.substring(0, half), filled.substring(half)));
  }
}
