package dev.daypass.desired;

import dev.daypass.policy.Json;
import dev.daypass.policy.Position;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The part of YAML 1.2 that says no more than JSON does: no anchors, no aliases, no tags, no name
/// twice, and nothing deeper than JSON may be. So a small file cannot become a large one.
final class Yaml {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,63})(\\.[0-9]{1,64})?([eE][+-]?[0-9]{1,4})?");

  private final String file;
  private final Iterator<Event> events;

  private Yaml(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  static List<Json> parse(String file, String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    try {
      return new Yaml(file, new Parse(settings).parseString(text).iterator()).documents();
    } catch (MarkedYamlEngineException e) {
      throw e.getProblemMark()
          .map(mark -> new Malformed(file, at(mark), String.valueOf(e.getProblem())))
          .orElseGet(() -> new Malformed(file, "this is not YAML"));
    } catch (YamlEngineException _) {
      throw new Malformed(file, "this is not YAML");
    }
  }

  private List<Json> documents() {
    List<Json> documents = new ArrayList<>();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {
          // What is between the documents says nothing.
        }
        default -> documents.add(value(event, 1));
      }
    }
    return documents;
  }

  private Json value(Event event, int depth) {
    refuseUnusual(event);
    if (event instanceof CollectionStartEvent && depth > Json.DEEPEST) {
      throw malformed(event, "this is nested too deeply");
    }
    return switch (event) {
      case MappingStartEvent _ -> members(event, depth);
      case SequenceStartEvent _ -> items(event, depth);
      case ScalarEvent scalar -> scalar(scalar);
      default -> throw malformed(event, "a value was expected");
    };
  }

  private void refuseUnusual(Event event) {
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw malformed(event, "anchors and aliases are not read: say it where it is meant");
    }
    boolean tagged =
        switch (event) {
          case CollectionStartEvent collection -> collection.getTag().isPresent();
          case ScalarEvent scalar -> scalar.getTag().isPresent();
          default -> false;
        };
    if (tagged) {
      throw malformed(event, "tags (!) are not read");
    }
  }

  private Json members(Event start, int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; ) {
      refuseUnusual(next);
      if (!(next instanceof ScalarEvent name)) {
        throw malformed(next, "a name was expected");
      }
      if (members.put(name.getValue(), value(events.next(), depth + 1)) != null) {
        throw malformed(next, "`" + name.getValue() + "` is said twice");
      }
      next = events.next();
    }
    return new Json.Members(members, at(start));
  }

  private Json items(Event start, int depth) {
    List<Json> items = new ArrayList<>();
    for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; ) {
      items.add(value(next, depth + 1));
      next = events.next();
    }
    return new Json.Items(items, at(start));
  }

  /// YAML's JSON schema, except that whatever is neither null, a boolean nor a number is a string.
  private static Json scalar(ScalarEvent event) {
    String text = event.getValue();
    Position position = at(event);
    if (event.getScalarStyle() != ScalarStyle.PLAIN) {
      return new Json.Scalar(text, Json.Kind.STRING, position);
    }
    return switch (text) {
      case "", "~", "null" -> new Json.Null(position);
      case "true", "false" -> new Json.Scalar(text, Json.Kind.BOOLEAN, position);
      default ->
          new Json.Scalar(
              text, NUMBER.matcher(text).matches() ? Json.Kind.NUMBER : Json.Kind.STRING, position);
    };
  }

  private Malformed malformed(Event event, String reason) {
    return new Malformed(file, at(event), reason);
  }

  private static Position at(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return mark.map(Yaml::at).orElse(new Position(1, 1));
  }

  private static Position at(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
