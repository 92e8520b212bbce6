//! Sums as people say them.

use super::super::words::words;
use super::*;

fn check(text: &str, want: &[&str]) {
    let got: Vec<String> = sums(&words(text, 0)).iter().map(Sum::value).collect();
    assert_eq!(got, want, "{text}");
}

#[test]
fn sums_are_read_as_people_say_them() {
    check("about two hundred thousand dollars", &["200000 USD"]);
    check("two hundred grand", &["200000"]);
    check("$90,000 a year, for whatever", &["90000 USD per year"]);
    check("I've 85k ring-fenced", &["85000"]);
    check("thirty to forty thousand euros", &["30000-40000 EUR"]);
    check("it's \u{20ac}85,000 a year", &["85000 EUR per year"]);
    check("fifty thousand, maybe sixty", &["50000-60000"]);
    check("two thousand five hundred a month", &["2500 per month"]);
    check("three and a half million rupees", &["3500000 INR"]);
    check("there's one sixty for it", &["160"]);
    check("half a million", &["500000"]);
    check("one million two hundred thousand pesos", &["1200000"]);
    check("four lakhs", &["400000"]);
    check("two hundred and ten thousand", &["210000"]);
    check("eleven hundred a month", &["1100 per month"]);
    check(
        "three eighty, four hundred a month",
        &["380 per month", "400 per month"],
    );
    check("one point five crore", &["15000000"]);
    check("at that point five of us left", &["5"]);
    check("one and half million", &["1500000"]);
    check("two million and a half each year", &["2500000 per year"]);
    check("one comma four million", &["1400000"]);
    check("one lakh twenty per month", &["120000 per month"]);
    check("two crore ten", &["21000000"]);
    check("we reserved one million two, and", &["1200000"]);
    check("a hundred and twenty's in the plan", &["120"]);
    check("one lakh twenty thousand rupees", &["120000 INR"]);
    check("one lakh and a half", &["150000"]);
    check("two lakh ten tablets", &["200000", "10"]);
    check("five lakh, twenty users", &["500000", "20"]);
    check("two million and half of it is spent", &["2000000"]);
    check("a hundred and twenty's five short", &["120", "5"]);
    check("no number here", &[]);
}
