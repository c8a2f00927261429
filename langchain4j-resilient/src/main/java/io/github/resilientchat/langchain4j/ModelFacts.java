package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of itself, or what several agree on.
 *
 * @param mostOutput the longest answer that any of them gives by default, or null if none says
 */
record ModelFacts(
    ChatRequestParameters defaults,
    Set<Capability> capabilities,
    ModelProvider provider,
    @Nullable Integer mostOutput) {

  static ModelFacts of(ChatModel model) {
    return of(model.defaultRequestParameters(), model.supportedCapabilities(), model.provider());
  }

  static ModelFacts of(StreamingChatModel model) {
    return of(model.defaultRequestParameters(), model.supportedCapabilities(), model.provider());
  }

  private static ModelFacts of(
      ChatRequestParameters defaults, Set<Capability> capabilities, ModelProvider provider) {
    return new ModelFacts(defaults, capabilities, provider, defaults.maxOutputTokens());
  }

  /** The same for a model whose requests are sent with these parameters. */
  ModelFacts with(ChatRequestParameters more) {
    return of(defaults.overrideWith(more), capabilities, provider);
  }

  /** What holds for every one of these; the model name is the route's. */
  static ModelFacts common(String route, List<ModelFacts> all) {
    Set<Capability> capabilities = new HashSet<>(all.get(0).capabilities());
    all.forEach(facts -> capabilities.retainAll(facts.capabilities()));
    @Nullable ModelProvider provider = agreed(all, ModelFacts::provider);
    return new ModelFacts(
        commonDefaults(route, all),
        Set.copyOf(capabilities),
        provider == null ? ModelProvider.OTHER : provider,
        all.stream()
            .map(ModelFacts::mostOutput)
            .filter(Objects::nonNull)
            .max(Integer::compare)
            .orElse(null));
  }

  private static ChatRequestParameters commonDefaults(String route, List<ModelFacts> all) {
    return ResilientChatRequestParameters.builder()
        .modelName(route)
        .temperature(agreedDefault(all, ChatRequestParameters::temperature))
        .topP(agreedDefault(all, ChatRequestParameters::topP))
        .topK(agreedDefault(all, ChatRequestParameters::topK))
        .frequencyPenalty(agreedDefault(all, ChatRequestParameters::frequencyPenalty))
        .presencePenalty(agreedDefault(all, ChatRequestParameters::presencePenalty))
        .maxOutputTokens(agreedDefault(all, ChatRequestParameters::maxOutputTokens))
        .stopSequences(agreedDefault(all, ChatRequestParameters::stopSequences))
        .toolSpecifications(agreedDefault(all, ChatRequestParameters::toolSpecifications))
        .toolChoice(agreedDefault(all, ChatRequestParameters::toolChoice))
        .responseFormat(agreedDefault(all, ChatRequestParameters::responseFormat))
        .build();
  }

  private static <T> @Nullable T agreedDefault(
      List<ModelFacts> all, Function<ChatRequestParameters, @Nullable T> field) {
    return agreed(all, facts -> field.apply(facts.defaults()));
  }

  private static <T> @Nullable T agreed(
      List<ModelFacts> all, Function<ModelFacts, @Nullable T> field) {
    @Nullable T first = field.apply(all.get(0));
    return all.stream().allMatch(facts -> Objects.equals(first, field.apply(facts))) ? first : null;
  }
}
