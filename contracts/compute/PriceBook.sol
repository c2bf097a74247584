// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IPriceBook} from "./interfaces/IPriceBook.sol";
import {IProvisionRegistry} from "./interfaces/IProvisionRegistry.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {Services} from "./libraries/Services.sol";

/// @title What providers ask for
/// @notice A provision's offers, a model each, within the bands that governance sets for a service and tier. Gateways read
/// here what a request may cost; receipts say what it did.
/// What it trusts: the registry, for a provision's service and tier. No money, no pause: an offer binds nobody until a request
/// is sent.
contract PriceBook is AccessManaged, IPriceBook {
    /// @dev Two words; a raise that is coming in the second.
    struct Offer {
        uint64 input;
        uint64 output;
        bool isThere;
        uint64 nextInput;
        uint64 nextOutput;
        uint64 nextFrom;
    }

    /// @notice How long before it holds a raise is known.
    uint256 public constant NOTICE = 10 minutes;

    IProvisionRegistry private immutable _REGISTRY;

    mapping(uint8 service => mapping(uint8 tier => Band)) private _bands;
    mapping(uint256 provisionId => mapping(bytes32 model => Offer)) private _offers;

    /// @param bands of all tiers of service 0, then of service 1, and so on; those not given are none
    constructor(address authority_, IProvisionRegistry registry_, Band[] memory bands) AccessManaged(authority_) {
        if (address(registry_) == address(0)) revert InvalidAddress(address(registry_));
        _REGISTRY = registry_;
        for (uint256 i; i < bands.length; ++i) {
            uint256 service = i / Services.TIERS;
            if (service >= Services.COUNT) revert InvalidService(uint8(service));
            _setBand(uint8(service), uint8(i % Services.TIERS), bands[i]);
        }
    }

    /// @inheritdoc IPriceBook
    function setOffer(uint256 provisionId, bytes32 model, uint64 input, uint64 output) external {
        if (ComputeIds.providerOf(provisionId) != msg.sender) revert NotYourProvision(provisionId, msg.sender);
        IProvisionRegistry.ProvisionView memory provision = _REGISTRY.provisionOf(provisionId);
        if (provision.state == IProvisionRegistry.State.None) revert NotYourProvision(provisionId, msg.sender);
        Band memory band = _bands[provision.service][provision.tier];
        if (!_isWithin(band, input, output)) revert OutOfBand(input, output, band);

        Offer memory offer = _now(_offers[provisionId][model]);
        if (!offer.isThere) (offer.isThere, offer.input, offer.output) = (true, input, output);
        if (input < offer.input) offer.input = input;
        if (output < offer.output) offer.output = output;
        if (input > offer.input || output > offer.output) {
            uint64 from = uint64(block.timestamp + NOTICE);
            (offer.nextInput, offer.nextOutput, offer.nextFrom) = (input, output, from);
        } else {
            (offer.nextInput, offer.nextOutput, offer.nextFrom) = (0, 0, 0);
        }
        _offers[provisionId][model] = offer;
        emit OfferSet(provisionId, model, offer.input, offer.output, offer.nextInput, offer.nextOutput, offer.nextFrom);
    }

    /// @inheritdoc IPriceBook
    function withdrawOffer(uint256 provisionId, bytes32 model) external {
        if (ComputeIds.providerOf(provisionId) != msg.sender) revert NotYourProvision(provisionId, msg.sender);
        if (!_offers[provisionId][model].isThere) revert NotOffered(provisionId, model);
        delete _offers[provisionId][model];
        emit OfferWithdrawn(provisionId, model);
    }

    /// @inheritdoc IPriceBook
    function setBand(uint8 service, uint8 tier, Band calldata band) external restricted {
        if (service >= Services.COUNT) revert InvalidService(service);
        if (tier >= Services.TIERS) revert InvalidTier(tier);
        _setBand(service, tier, band);
    }

    function _setBand(uint8 service, uint8 tier, Band memory band) private {
        bool isValid =
            band.leastInput <= band.mostInput &&
                band.leastOutput <= band.mostOutput &&
                (band.mostInput != 0 || band.mostOutput != 0);
        if (!isValid) revert InvalidBand(band);
        _bands[service][tier] = band;
        emit BandSet(service, tier, band);
    }

    /// @inheritdoc IPriceBook
    function offerOf(uint256 provisionId, bytes32 model) external view returns (OfferView memory) {
        Offer memory offer = _now(_offers[provisionId][model]);
        IProvisionRegistry.ProvisionView memory provision = _REGISTRY.provisionOf(provisionId);
        bool isOffered =
            offer.isThere && _isWithin(_bands[provision.service][provision.tier], offer.input, offer.output);
        return OfferView(isOffered, offer.input, offer.output, offer.nextInput, offer.nextOutput, offer.nextFrom);
    }

    /// @inheritdoc IPriceBook
    function bandOf(uint8 service, uint8 tier) external view returns (Band memory) {
        return _bands[service][tier];
    }

    /// @dev With a raise whose time has come.
    function _now(Offer memory offer) private view returns (Offer memory) {
        if (offer.nextFrom == 0 || block.timestamp < offer.nextFrom) return offer;
        return Offer(offer.nextInput, offer.nextOutput, true, 0, 0, 0);
    }

    function _isWithin(Band memory band, uint64 input, uint64 output) private pure returns (bool) {
        return
            input >= band.leastInput &&
            input <= band.mostInput &&
            output >= band.leastOutput &&
            output <= band.mostOutput &&
            // Where nothing may be offered, a price of nothing is outside too.
            (band.mostInput | band.mostOutput) != 0;
    }
}
