package dev.splitreason.files.settings;

import com.fasterxml.jackson.annotation.Nulls;
import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * How a configuration is written: defaults, over them a YAML file, over both single settings. It is
 * a record, whose components are the keys, in kebab case:
 *
 * <ul>
 *   <li>texts, numbers, {@code true} and {@code false}, durations, constants of an enum, and what
 *       {@link #with} tells how to read;
 *   <li>records, which are sections and check their own values; where one has a static {@code
 *       valueOf(String)}, a text may stand for it;
 *   <li>lists, and maps of texts, which are things that the user names.
 * </ul>
 *
 * <p>A key without a value is as by default. Where there is no default, in a map, only {@link
 * Nullable} components may be left out.
 */
public final class ConfigFile {

  /** What needs no telling. */
  public static final ConfigFile PLAIN =
      new ConfigFile(
          YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new Quotes()).build())
              .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
              .annotationIntrospector(new NullableComponents())
              .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
              .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
              .withCoercionConfig(
                  LogicalType.Textual,
                  texts -> {
                    texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                  })
              .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
              .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
              .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
              .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
              .disable(YAMLWriteFeature.SPLIT_LINES)
              .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
              .addModule(WrittenTypes.text(Duration.class, Durations::parse, Durations::write))
              .build(),
          Set.of());

  /** Quotes what would be read as a number, or as the end of a line. */
  private static final class Quotes extends StringQuotingChecker.Default {

    private static final long serialVersionUID = 1L;
    private static final Pattern NUMBER_OR_LINE =
        Pattern.compile("[-+.0-9].*|.*\\u0085.*", Pattern.DOTALL);

    @Override
    public boolean needToQuoteName(String name) {
      return needToQuoteValue(name) || super.needToQuoteName(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
      return NUMBER_OR_LINE.matcher(value).matches() || super.needToQuoteValue(value);
    }
  }

  private final YAMLMapper yaml;
  private final Set<String> others;

  private ConfigFile(YAMLMapper yaml, Set<String> others) {
    this.yaml = yaml;
    this.others = others;
  }

  /** What was read, and the lines, so that what turns out wrong later is told with its line too. */
  public record Located<C extends Record>(C value, Map<JsonPointer, Place> places) {

    /** A mistake at a key: its sections and itself, and what the key must be. */
    public UserMistake mistake(String predicate, String... path) {
      JsonPointer at = JsonPointer.empty();
      for (String key : path) {
        at = at.appendProperty(key);
      }
      return SettingsMistakes.at(at, places, UserMistake.of(SettingsMistakes.field(at), predicate));
    }
  }

  /**
   * Reads a configuration of plain values.
   *
   * @param defaults what holds where nothing else is said
   * @param file a YAML file, or null for none
   * @param settings {@code key=value} each, where a key of a section is {@code section.key} and the
   *     value is YAML
   * @throws UserMistake with the line of the file, or with the setting
   * @throws IOException if the file cannot be read
   */
  public static <C extends Record> C read(C defaults, @Nullable Path file, List<String> settings)
      throws IOException {
    return PLAIN.locate(defaults, file, settings).value();
  }

  /** A configuration as the YAML that {@link #read} turns into an equal one. */
  public static String write(Record config) {
    return PLAIN.yaml.writeValueAsString(config);
  }

  /** The same, and values of a type that {@code parse} reads or refuses, in one line. */
  public <T> ConfigFile with(Class<T> type, Function<String, T> parse) {
    return new ConfigFile(
        yaml.rebuild().addModule(WrittenTypes.text(type, parse, String::valueOf)).build(), others);
  }

  /** The same, where these keys of the file are there for somebody else to read. */
  public ConfigFile leaving(String... keys) {
    return new ConfigFile(yaml, Set.of(keys));
  }

  /** Reads as {@link #read} does. */
  public <C extends Record> Located<C> locate(
      C defaults, @Nullable Path file, List<String> settings) throws IOException {
    ObjectNode base = yaml.valueToTree(defaults);
    var written = new WrittenSettings(yaml, base);
    if (file != null) {
      written.addFile(file, TextFile.read(file));
    }
    settings.forEach(written::addSetting);
    written.tree().remove(others);
    try {
      @SuppressWarnings("unchecked")
      C value = (C) yaml.treeToValue(written.tree(), defaults.getClass());
      return new Located<>(value, written.places());
    } catch (JacksonException e) {
      throw new SettingsMistakes(yaml, base, written).of(e);
    }
  }
}
