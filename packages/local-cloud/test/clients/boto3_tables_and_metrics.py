"""Tables and metrics as boto3 sees them: python3 boto3_tables_and_metrics.py ENDPOINT TABLE FUNCTION. Prints JSON."""

import json
import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

endpoint, table_name, function_name = sys.argv[1:]
said = {}

table = boto3.resource("dynamodb", endpoint_url=endpoint).create_table(
    TableName=table_name,
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[
        {"AttributeName": "run", "AttributeType": "S"},
        {"AttributeName": "step", "AttributeType": "N"},
    ],
    KeySchema=[
        {"AttributeName": "run", "KeyType": "HASH"},
        {"AttributeName": "step", "KeyType": "RANGE"},
    ],
)
with table.batch_writer() as batch:
    for step in range(40):
        batch.put_item({"run": "r", "step": step, "took": Decimal(step) / 4, "bytes": bytes([step])})
found = table.query(
    KeyConditionExpression=Key("run").eq("r") & Key("step").between(10, 30),
    FilterExpression=Attr("took").gt(Decimal("6.5")),
)["Items"]
said["steps"] = [int(item["step"]) for item in found]
said["bytes"] = list(bytes(found[0]["bytes"]))
said["took"] = str(found[0]["took"])
try:
    table.put_item(Item={"run": "r", "step": 1}, ConditionExpression=Attr("run").not_exists())
except ClientError as error:
    said["conflict"] = error.response["Error"]["Code"]
counted = table.update_item(
    Key={"run": "r", "step": -1},
    UpdateExpression="ADD hits :one",
    ExpressionAttributeValues={":one": 1},
    ReturnValues="ALL_NEW",
)
said["hits"] = int(counted["Attributes"]["hits"])

cloudwatch = boto3.client("cloudwatch", endpoint_url=endpoint)
now = datetime.now(timezone.utc)
data = cloudwatch.get_metric_data(
    StartTime=now - timedelta(hours=1),
    EndTime=now + timedelta(minutes=2),
    MetricDataQueries=[
        {
            "Id": "calls",
            "MetricStat": {
                "Metric": {
                    "Namespace": "AWS/Lambda",
                    "MetricName": "Invocations",
                    "Dimensions": [{"Name": "FunctionName", "Value": function_name}],
                },
                "Period": 3600,
                "Stat": "Sum",
            },
        }
    ],
)["MetricDataResults"]
said["calls"] = data[0]["Values"]
said["age_is_known"] = data[0]["Timestamps"][0] <= now
try:
    cloudwatch.get_metric_data(StartTime=now, EndTime=now, MetricDataQueries=[{"Id": "m", "Expression": "1"}])
except ClientError as error:
    said["maths"] = error.response["Error"]["Code"]
try:
    cloudwatch.get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName="Invocations",
        StartTime=now,
        EndTime=now,
        Period=60,
        Statistics=["Sum"],
    )
except ClientError as error:
    said["no_time"] = error.response["Error"]["Code"]

print(json.dumps(said))
