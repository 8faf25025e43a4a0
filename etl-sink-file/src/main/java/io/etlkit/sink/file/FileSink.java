package io.etlkit.sink.file;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.json.JsonWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Appends each record's body as a line. It has no ledger, so a redelivered message is written again. */
final class FileSink implements Sink {
    private final LinesFile file;

    FileSink(LinesFile file) {
        this.file = file;
    }

    @Override
    public WriteResult write(List<EtlRecord> batch) throws InterruptedException {
        file.append(
                batch.stream().map(record -> JsonWriter.write(record.body())).toList());
        Set<DeliveryId> written = batch.stream().map(EtlRecord::delivery).collect(Collectors.toSet());
        return WriteResult.allWritten(written);
    }

    @Override
    public void close() {
        file.close();
    }
}
