package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.Capability;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailStreamConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;

/**
 * How the requests to one target look: without what its model cannot be sent, and with what is set
 * for the target where a request says nothing of it. Whatever need not change stays as it is, in
 * its order, so that equal prompts stay equal to the byte. Immutable.
 *
 * @param lacks what the model cannot be sent. Cache points, service tier, latency, reasoning and
 *     its budget are left out, with a note; a request that needs the others fails as {@code
 *     UNSUPPORTED}
 * @param serviceTier {@code priority}, {@code default}, {@code flex} or {@code reserved}; null to
 *     say nothing
 * @param latency {@code standard} or {@code optimized}; null to say nothing
 * @param guardrail that looks at requests and answers; null for none
 * @param metadata put into Bedrock's invocation log; a request's own values come first
 */
public record RequestShape(
    Set<Capability> lacks,
    @Nullable String serviceTier,
    @Nullable String latency,
    @Nullable Guardrail guardrail,
    Map<String, String> metadata) {

  /** Requests stay as they are. */
  public static final RequestShape AS_IT_IS =
      new RequestShape(Set.of(), null, null, null, Map.of());

  /** A guardrail of the account, at a version of it or {@code DRAFT}. */
  public record Guardrail(String id, String version) {}

  public RequestShape {
    lacks = Set.copyOf(lacks);
    metadata = Map.copyOf(metadata);
  }

  /**
   * For a model that can do this.
   *
   * @param capabilities all of them, or null for everything
   */
  public static RequestShape forCapabilities(@Nullable Set<Capability> capabilities) {
    if (capabilities == null) {
      return AS_IT_IS;
    }
    Set<Capability> lacks = EnumSet.allOf(Capability.class);
    lacks.removeAll(capabilities);
    return new RequestShape(lacks, null, null, null, Map.of());
  }

  public RequestShape withServiceTier(@Nullable String value) {
    return new RequestShape(lacks, value, latency, guardrail, metadata);
  }

  public RequestShape withLatency(@Nullable String value) {
    return new RequestShape(lacks, serviceTier, value, guardrail, metadata);
  }

  public RequestShape withGuardrail(@Nullable Guardrail value) {
    return new RequestShape(lacks, serviceTier, latency, value, metadata);
  }

  public RequestShape withMetadata(Map<String, String> value) {
    return new RequestShape(lacks, serviceTier, latency, guardrail, value);
  }

  /** Whether requests stay as they are. */
  public boolean isPlain() {
    return equals(AS_IT_IS);
  }

  /** The request as the target takes it; the same object where nothing changes. */
  ConverseRequest fit(ConverseRequest request) {
    if (isPlain()) {
      return request;
    }
    ConverseRequest.Builder fit = request.toBuilder();
    Fitting parts =
        new Fitting(lacks)
            .system(request.hasSystem() ? request.system() : List.of(), fit::system)
            .messages(request.messages(), fit::messages)
            .tools(request.toolConfig(), fit::toolConfig)
            .fields(request.additionalModelRequestFields(), fit::additionalModelRequestFields)
            .output(request.outputConfig(), fit::outputConfig)
            .guardrail(request.guardrailConfig() != null || guardrail != null);
    tier(parts, request.serviceTier(), fit::serviceTier);
    latency(parts, request.performanceConfig(), fit::performanceConfig);
    if (request.guardrailConfig() == null && guardrail != null) {
      fit.guardrailConfig(
          GuardrailConfiguration.builder()
              .guardrailIdentifier(guardrail.id())
              .guardrailVersion(guardrail.version())
              .build());
    }
    if (!metadata.isEmpty()) {
      fit.requestMetadata(
          Fitting.merged(metadata, request.hasRequestMetadata(), request.requestMetadata()));
    }
    parts.tell();
    return fit.build();
  }

  /** The same of a streamed one. */
  ConverseStreamRequest fit(ConverseStreamRequest request) {
    if (isPlain()) {
      return request;
    }
    ConverseStreamRequest.Builder fit = request.toBuilder();
    Fitting parts =
        new Fitting(lacks)
            .system(request.hasSystem() ? request.system() : List.of(), fit::system)
            .messages(request.messages(), fit::messages)
            .tools(request.toolConfig(), fit::toolConfig)
            .fields(request.additionalModelRequestFields(), fit::additionalModelRequestFields)
            .output(request.outputConfig(), fit::outputConfig)
            .guardrail(request.guardrailConfig() != null || guardrail != null);
    tier(parts, request.serviceTier(), fit::serviceTier);
    latency(parts, request.performanceConfig(), fit::performanceConfig);
    if (request.guardrailConfig() == null && guardrail != null) {
      fit.guardrailConfig(
          GuardrailStreamConfiguration.builder()
              .guardrailIdentifier(guardrail.id())
              .guardrailVersion(guardrail.version())
              .build());
    }
    if (!metadata.isEmpty()) {
      fit.requestMetadata(
          Fitting.merged(metadata, request.hasRequestMetadata(), request.requestMetadata()));
    }
    parts.tell();
    return fit.build();
  }

  private void tier(
      Fitting parts, @Nullable ServiceTier asked, Consumer<@Nullable ServiceTier> set) {
    if (parts.leavesOut(Capability.SERVICE_TIER, asked != null)) {
      set.accept(null);
    } else if (asked == null && serviceTier != null) {
      set.accept(ServiceTier.builder().type(serviceTier).build());
    }
  }

  private void latency(
      Fitting parts,
      @Nullable PerformanceConfiguration asked,
      Consumer<@Nullable PerformanceConfiguration> set) {
    if (parts.leavesOut(Capability.LATENCY, asked != null)) {
      set.accept(null);
    } else if (asked == null && latency != null) {
      set.accept(PerformanceConfiguration.builder().latency(latency).build());
    }
  }
}
