"""Makes the queue and fills it with the sample messages; LocalStack runs it once it is ready."""

import boto3

sqs = boto3.client("sqs", endpoint_url="http://localhost:4566", region_name="us-east-1",
                   aws_access_key_id="local", aws_secret_access_key="local")
queue = sqs.create_queue(QueueName="login-queue", Attributes={"VisibilityTimeout": "120"})["QueueUrl"]

with open("/messages.jsonl", encoding="utf-8") as lines:
    bodies = [line.rstrip("\n") for line in lines]
for start in range(0, len(bodies), 10):
    entries = [{"Id": str(i), "MessageBody": body} for i, body in enumerate(bodies[start:start + 10])]
    failed = sqs.send_message_batch(QueueUrl=queue, Entries=entries).get("Failed", [])
    if failed:
        raise SystemExit(f"{len(failed)} messages were not sent")
