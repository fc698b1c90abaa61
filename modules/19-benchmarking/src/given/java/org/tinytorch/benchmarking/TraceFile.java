// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/TraceFile.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.tinytorch.training.AtomicFile;

/**
 * Writes a profile in the Trace Event Format (Google, "Trace Event Format"), as complete events: {@code "ph": "X"} with a start {@code ts} and a duration {@code dur} in microseconds. Layers and operations are on
 * one track, since they are one inside the other; all of them ran on one thread.
 */
final class TraceFile {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PROCESS = 1;
    private static final int THREAD = 1;
    private static final double NANOS_PER_MICRO = 1e3;

    private TraceFile() {}

    static void write(Path file, Profile profile) throws IOException {
        AtomicFile.write(file, channel -> {
            try (OutputStream out = Channels.newOutputStream(channel);
                    JsonGenerator json = JSON.createGenerator(out)) {
                write(json, profile);
            }
        });
    }

    private static void write(JsonGenerator json, Profile profile) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("traceEvents");
        name(json, "process_name", "TinyTorch");
        name(json, "thread_name", "model");
        for (TraceEvent event : profile.events()) {
            write(json, event);
        }
        json.writeEndArray();
        json.writeStringField("displayTimeUnit", "ns");
        json.writeObjectFieldStart("otherData");
        json.writeNumberField("overheadNanos", profile.overheadNanos());
        json.writeNumberField("droppedEvents", profile.droppedEvents());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Names the process or the thread. */
    private static void name(JsonGenerator json, String what, String name) throws IOException {
        begin(json, what, "M");
        json.writeObjectFieldStart("args");
        json.writeStringField("name", name);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void begin(JsonGenerator json, String name, String phase) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("ph", phase);
        json.writeNumberField("pid", PROCESS);
        json.writeNumberField("tid", THREAD);
    }

    private static void write(JsonGenerator json, TraceEvent event) throws IOException {
        begin(json, event.name(), "X");
        json.writeStringField("cat", event.isOperation() ? "operation" : "layer");
        json.writeNumberField("ts", event.startNanos() / NANOS_PER_MICRO);
        json.writeNumberField("dur", event.nanos() / NANOS_PER_MICRO);
        json.writeObjectFieldStart("args");
        json.writeStringField(event.isOperation() ? "inputs" : "kind", event.detail());
        json.writeNumberField("allocatedBytes", event.allocated());
        if (event.isOperation()) {
            json.writeNumberField("flops", event.cost().flops());
            json.writeNumberField("bytes", event.cost().bytes());
            json.writeNumberField("flopsPerByte", event.cost().intensity());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
