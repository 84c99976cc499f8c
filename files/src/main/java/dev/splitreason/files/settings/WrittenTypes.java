package dev.splitreason.files.settings;

import dev.splitreason.core.error.UserMistake;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializerBase;

/** Types that a configuration writes as a text. */
final class WrittenTypes {

  private WrittenTypes() {}

  static <T> JacksonModule text(
      Class<T> type, Function<String, T> parse, Function<T, String> write) {
    var reading =
        new StdDeserializer<T>(type) {
          @Override
          public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isScalarValue()) {
              return type.cast(context.handleUnexpectedToken(String.class, parser));
            }
            try {
              return parse.apply(parser.getString());
            } catch (UserMistake e) {
              throw DatabindException.from(parser, "refused", e);
            }
          }
        };
    var writing =
        new ToStringSerializerBase(type) {
          @Override
          public String valueToString(Object value) {
            return write.apply(type.cast(value));
          }
        };
    return new SimpleModule(type.getName())
        .addDeserializer(type, reading)
        .addSerializer(type, writing);
  }
}
