"""What a Python program does with the cloud: prints what it saw as JSON. Arguments: endpoint, bucket, a file of 12 MB."""

import json
import sys
import time
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, bucket, large_file = sys.argv[1:]


def client(name):
    return boto3.client(name, endpoint_url=endpoint)


seen = {"account": client("sts").get_caller_identity()["Account"]}

s3 = client("s3")
s3.create_bucket(Bucket=bucket)
for name in ("one", "two words+", "größe"):
    s3.put_object(Bucket=bucket, Key="in/" + name, Body=name.encode())
pages = s3.get_paginator("list_objects_v2").paginate(
    Bucket=bucket, Prefix="in/", PaginationConfig={"PageSize": 2}
)
seen["listed"] = sum(len(page["Contents"]) for page in pages)
s3.upload_file(large_file, bucket, "large")
s3.download_file(bucket, "large", large_file + ".boto3")
with open(large_file, "rb") as sent, open(large_file + ".boto3", "rb") as received:
    seen["downloaded_equal"] = sent.read() == received.read()
# Without this, boto3 presigns with Signature Version 2, which the cloud refuses as newer regions of AWS do.
v4 = boto3.client(
    "s3", endpoint_url=endpoint, config=Config(signature_version="s3v4")
)
url = v4.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "in/one"})
with urllib.request.urlopen(url) as answer:
    seen["presigned"] = answer.read().decode()
try:
    s3.head_object(Bucket=bucket, Key="absent")
except ClientError as error:
    seen["missing_key"] = error.response["Error"]["Code"]

answer = client("lambda").invoke(FunctionName="greeter", Payload=b'{"name":"boto"}')
seen["greeting"] = json.load(answer["Payload"])

iam = client("iam")
policy = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}],
}
iam.put_role_policy(
    RoleName="greeter", PolicyName=bucket, PolicyDocument=json.dumps(policy)
)
seen["role_policy"] = iam.get_role_policy(RoleName="greeter", PolicyName=bucket)[
    "PolicyDocument"
]
try:
    iam.delete_role(RoleName="greeter")
except ClientError as error:
    seen["conflict"] = error.response["Error"]["Code"]
iam.delete_role_policy(RoleName="greeter", PolicyName=bucket)

logs = client("logs")
events = logs.filter_log_events(
    logGroupName="/aws/lambda/greeter", filterPattern='"greeting boto"'
)["events"]
seen["log_messages"] = sorted(
    {event["message"].strip().split("\t")[-1] for event in events}
)
logs.create_log_group(logGroupName=bucket)
logs.create_log_stream(logGroupName=bucket, logStreamName="stream")
now = int(time.time() * 1000)
logs.put_log_events(
    logGroupName=bucket,
    logStreamName="stream",
    logEvents=[{"timestamp": now, "message": text} for text in "123"],
)
pages = logs.get_paginator("filter_log_events").paginate(
    logGroupName=bucket, PaginationConfig={"PageSize": 1}
)
seen["log_pages"] = [event["message"] for page in pages for event in page["events"]]

json.dump(seen, sys.stdout)
