package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.bedrock.BedrockServiceTier;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.core.Caller;
import org.junit.jupiter.api.Test;

class ResilientChatRequestParametersTest {

  private static final BedrockChatRequestParameters PRIORITY =
      BedrockChatRequestParameters.builder().serviceTier(BedrockServiceTier.PRIORITY).build();
  private static final ResilientChatRequestParameters ALICE =
      ResilientChatRequestParameters.builder()
          .user("alice")
          .tenant("acme")
          .provider(PRIORITY)
          .temperature(0.5)
          .build();

  @Test
  void overridingKeepsTheCallerAndTheProvidersFields() {
    ChatRequestParameters next =
        ALICE.overrideWith(ChatRequestParameters.builder().maxOutputTokens(9).build());

    assertThat(((ResilientChatRequestParameters) next).caller())
        .isEqualTo(Caller.of("alice", "acme"));
    assertThat(next.maxOutputTokens()).isEqualTo(9);
    assertThat(unwrapped(next).serviceTier()).isEqualTo(BedrockServiceTier.PRIORITY);
  }

  @Test
  void defaultsFillOnlyWhatIsMissing() {
    ChatRequestParameters filled =
        ALICE.defaultedBy(
            ChatRequestParameters.builder().temperature(0.9).maxOutputTokens(9).build());

    assertThat(filled.temperature()).isEqualTo(0.5);
    assertThat(filled.maxOutputTokens()).isEqualTo(9);
    assertThat(unwrapped(filled).serviceTier()).isEqualTo(BedrockServiceTier.PRIORITY);
  }

  @Test
  void targetIsGivenTheProvidersTypeWithAllThatIsSet() {
    BedrockChatRequestParameters sent = unwrapped(ALICE);

    assertThat(sent.temperature()).isEqualTo(0.5);
    assertThat(sent.serviceTier()).isEqualTo(BedrockServiceTier.PRIORITY);
  }

  @Test
  void overridingWithTheProvidersTypeMergesIt() {
    ResilientChatRequestParameters merged =
        ResilientChatRequestParameters.forUser("alice").overrideWith(PRIORITY);

    assertThat(merged.caller()).isEqualTo(Caller.user("alice"));
    assertThat(unwrapped(merged).serviceTier()).isEqualTo(BedrockServiceTier.PRIORITY);
  }

  /**
   * {@code BedrockChatRequestParameters} cannot be extended, and asks no other type for its own.
   */
  @Test
  void providersTypeAsTheDefaultKeepsWhatItsOwnOverrideWithLoses() {
    BedrockChatRequestParameters defaults =
        BedrockChatRequestParameters.builder()
            .additionalModelRequestField("top_k", 5)
            .temperature(0.9)
            .build();

    assertThat(defaults.overrideWith(ALICE).serviceTier()).isNull();

    ResilientChatRequestParameters same = ALICE.defaultedBy(defaults);
    assertThat(same.caller()).isEqualTo(Caller.of("alice", "acme"));
    assertThat(unwrapped(same).serviceTier()).isEqualTo(BedrockServiceTier.PRIORITY);
    assertThat(unwrapped(same).additionalModelRequestFields()).containsEntry("top_k", 5);
    assertThat(same.temperature()).isEqualTo(0.5);
  }

  @Test
  void oneCallersUserNeverMeetsAnothersTenant() {
    ResilientChatRequestParameters bob =
        ALICE.overrideWith(ResilientChatRequestParameters.forUser("bob"));

    assertThat(bob.caller()).isEqualTo(Caller.user("bob"));
  }

  @Test
  void survivesTheBuildersOfARequest() {
    ChatRequest request =
        ChatRequest.builder().messages(Answers.hello().messages()).parameters(ALICE).build();

    assertThat(request.toBuilder().maxOutputTokens(9).build().parameters())
        .isEqualTo(ALICE.overrideWith(ChatRequestParameters.builder().maxOutputTokens(9).build()))
        .isNotEqualTo(ALICE);
  }

  private static BedrockChatRequestParameters unwrapped(ChatRequestParameters parameters) {
    return (BedrockChatRequestParameters) ResilientChatRequestParameters.unwrap(parameters);
  }
}
