"""What scripts do with the HTML report of Locust and with its log: python3 locust_report.py PREFIX"""

import re
import sys
from html.parser import HTMLParser

import pandas as pd


class Tables(HTMLParser):
    """The cells of every table, header first."""

    def __init__(self):
        super().__init__()
        self.tables, self.in_cell = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.in_cell = False

    def handle_data(self, data):
        if self.in_cell:
            self.tables[-1][-1][-1] += data


prefix = sys.argv[1]
parser = Tables()
with open(f"{prefix}_report.html", encoding="utf-8") as file:
    parser.feed(file.read())
for header, *rows in parser.tables:
    frame = pd.DataFrame(rows, columns=header)
    for column in frame.columns.difference(["Method", "Name", "Error"]):
        frame[column] = pd.to_numeric(frame[column])
    print([(name, str(kind)) for name, kind in frame.dtypes.items()])

# A log is read line by line; what is no log line (a table) has no level.
log_line = r"^\[(?P<time>[\d-]+ [\d:,]+)\] (?P<host>[^/]+)/(?P<level>\w+)/(?P<logger>[\w.]+): (?P<message>.*)$"
with open(f"{prefix}_log.txt", encoding="utf-8") as file:
    lines = pd.DataFrame([match.groupdict() for match in (re.match(log_line, line) for line in file) if match])
lines["time"] = pd.to_datetime(lines["time"], format="%Y-%m-%d %H:%M:%S,%f")
assert lines["time"].is_monotonic_increasing
assert set(lines["level"]) == {"INFO"}
of_locust = lines[lines["logger"].str.startswith("locust.")]
assert of_locust["message"].str.contains("Run time limit set to").any()
print([(name, str(kind)) for name, kind in lines.dtypes.items()])
print("users", int(of_locust["message"].str.extract(r"\((\d+) total users\)").dropna().iloc[0, 0]))
print("exit code", int(of_locust["message"].str.extract(r"exit code (\d+)").dropna().iloc[0, 0]))
