package io.etlkit.stub.sqs;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Empties a queue of the stub, so that later measurements run on compiled code. Blocks until it is empty. */
final class StubWarmUp {
    private static final Pattern RECEIPT = Pattern.compile("\"ReceiptHandle\":\"([^\"]*)\"");
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

    private StubWarmUp() {}

    static void drain(int port, String queueUrl) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            String receive = "{\"QueueUrl\":\"" + queueUrl + "\",\"MaxNumberOfMessages\":10,"
                    + "\"MessageSystemAttributeNames\":[\"All\"]}";
            while (true) {
                String deletes = deletes(call(socket, "ReceiveMessage", receive));
                if (deletes.isEmpty()) {
                    return;
                }
                call(socket, "DeleteMessageBatch", "{\"QueueUrl\":\"" + queueUrl + "\",\"Entries\":[" + deletes + "]}");
            }
        }
    }

    private static String deletes(String received) {
        StringBuilder entries = new StringBuilder();
        Matcher receipts = RECEIPT.matcher(received);
        for (int id = 0; receipts.find(); id++) {
            entries.append(id == 0 ? "" : ",")
                    .append("{\"Id\":\"")
                    .append(id)
                    .append("\",\"ReceiptHandle\":\"")
                    .append(receipts.group(1))
                    .append("\"}");
        }
        return entries.toString();
    }

    private static String call(Socket socket, String action, String body) throws IOException {
        String request = String.join(
                "\r\n",
                "POST / HTTP/1.1",
                "X-Amz-Target: AmazonSQS." + action,
                "Content-Length: " + body.length(),
                "",
                body);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        DataInputStream input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        byte[] answer = new byte[contentLength(head(input))];
        input.readFully(answer);
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("the stub hung up");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int contentLength(String head) {
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IllegalStateException("the stub sent no Content-Length");
        }
        return Integer.parseInt(length.group(1));
    }
}
