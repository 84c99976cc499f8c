package dev.splitreason.simulator.profile;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How long a model's forward pass takes on its device. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LinearTime.class, name = "linear"),
  @JsonSubTypes.Type(value = RooflineTime.class, name = "roofline"),
  @JsonSubTypes.Type(value = MeasuredTime.class, name = "measured")
})
public sealed interface PassTime permits LinearTime, RooflineTime, MeasuredTime {

  /** Seconds for one pass; 0 for an empty one. */
  double seconds(Pass pass);
}
