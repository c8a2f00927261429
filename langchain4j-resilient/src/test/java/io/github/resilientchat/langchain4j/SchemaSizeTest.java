package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.internal.Json;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The size of a schema is that of the JSON that LangChain4j's own models send. */
class SchemaSizeTest {

  private static final JsonStringSchema NAME =
      JsonStringSchema.builder().description("what it is called").build();

  static Stream<JsonSchemaElement> schemas() {
    JsonSchemaElement choice =
        JsonEnumSchema.builder().enumValues("red", "green").description("a colour").build();
    return Stream.of(
        NAME,
        JsonStringSchema.builder().build(),
        new JsonIntegerSchema(),
        JsonNumberSchema.builder().description("how much").build(),
        new JsonBooleanSchema(),
        new JsonNullSchema(),
        choice,
        JsonArraySchema.builder().items(NAME).description("names").build(),
        JsonAnyOfSchema.builder().anyOf(List.of(NAME, new JsonNullSchema())).build(),
        JsonReferenceSchema.builder().reference("node").build(),
        JsonObjectSchema.builder().build(),
        JsonObjectSchema.builder()
            .description("a thing")
            .addProperty("name", NAME)
            .addProperty("colours", JsonArraySchema.builder().items(choice).build())
            .addProperty("parent", JsonReferenceSchema.builder().reference("thing").build())
            .required("name", "colours")
            .additionalProperties(false)
            .definitions(Map.of("thing", JsonObjectSchema.builder().addProperty("n", NAME).build()))
            .build());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void schemaIsAsLongAsItsJson(JsonSchemaElement schema) {
    String json = Json.toJson(JsonSchemaElementUtils.toMap(schema));

    assertThat(SchemaSize.of(schema)).as(json).isEqualTo(json.length());
  }

  @Test
  void schemaThatIsNotThereHasNoSize() {
    assertThat(SchemaSize.of(null)).isZero();
  }
}
